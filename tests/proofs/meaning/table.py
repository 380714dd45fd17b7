"""Which modules of the standard library are run instrumented, and by which tests."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """Modules that are instrumented together, and the test modules of the interpreter that try them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    fast: bool = False
    """Part of every run."""
    skip: tuple[str, ...] = ()
    """Parts of ids of tests that are run in neither way: they take very long, or the machine decides how they end."""


def proof(modules: str, tests: str = "", *, fast: bool = False, skip: str = "") -> Proof:
    names = tuple(modules.split())
    default = f"test.test_{names[0].replace('.', '_')}"
    return Proof(names, tuple(f"test.{name}" for name in tests.split()) or (default,), fast, tuple(skip.split()))


PROOFS: dict[str, Proof] = {
    one.modules[0]: one
    for one in (
        proof("heapq", fast=True),
        proof("bisect", fast=True),
        proof("textwrap", fast=True),
        proof("shlex", fast=True),
        proof("string", fast=True),
        proof("configparser", fast=True),
        proof("fractions", fast=True),
        proof("contextlib", "test_contextlib test_contextlib_async", fast=True),
        proof("dataclasses", "test_dataclasses", fast=True),
        proof("functools", fast=True),
        proof("collections", "test_collections test_ordered_dict test_userdict test_userlist test_userstring"),
        proof("json json.decoder json.encoder json.scanner", "test_json"),
        proof("difflib"),
        proof("statistics", skip="test_uncomparable"),
        proof("argparse"),
        proof("csv"),
        proof("ast", "test_ast"),
        proof("tokenize", skip="test_random_files test_pathological"),
        proof("inspect", "test_inspect"),
        proof("typing"),
        proof("_pydecimal", "test_decimal"),
        proof("enum"),
        proof("copy"),
        proof("copyreg"),
        proof("pprint"),
        proof("reprlib"),
        proof("graphlib"),
        proof("calendar"),
        proof("_strptime", "test_strptime"),
        proof("numbers", "test_abstract_numbers"),
        proof("operator", "test_operator"),
        proof("random", skip="test_randbelow_logic"),
        proof("types", "test_types"),
        proof("weakref", "test_weakref test_weakset"),
        proof("_weakrefset", "test_weakset"),
        proof("fnmatch"),
        proof("glob"),
        proof("pathlib", "test_pathlib"),
        proof("posixpath"),
        proof("genericpath"),
        proof("ntpath"),
        proof("shutil"),
        proof("tempfile"),
        proof("html html.parser html.entities", "test_html test_htmlparser"),
        proof("urllib.parse", "test_urlparse"),
        proof("base64"),
        proof("quopri"),
        proof("optparse"),
        proof("getopt"),
        proof("cmd"),
        proof("code", "test_code_module"),
        proof("codeop"),
        proof("ipaddress"),
        proof("uuid"),
        proof("locale"),
        proof("gettext"),
        proof("plistlib"),
        proof("zipfile", "test_zipfile"),
        proof("tarfile", "test_tarfile"),
        proof("gzip"),
        proof("bz2"),
        proof("lzma"),
        proof("pickle", "test_pickle"),
        proof("pickletools"),
        proof("linecache"),
        proof("traceback"),
        proof("warnings", "test_warnings"),
        proof("queue"),
        proof("sched"),
        proof("_pyio", "test_io", skip="test_daemon_threads"),
        proof("_pydatetime", "test_datetime"),
        proof("tomllib tomllib._parser tomllib._re tomllib._types", "test_tomllib"),
        proof("selectors"),
        proof("signal"),
        proof("abc _py_abc", "test_abc"),
        proof("_collections_abc", "test_collections"),
        proof("opcode dis", "test_dis"),
        proof("keyword"),
        proof("re re._compiler re._parser re._casefix", "test_re"),
        proof("mimetypes"),
        proof("http.cookies", "test_http_cookies"),
        proof("xml.etree.ElementTree", "test_xml_etree"),
        proof("email.message email.header email._parseaddr email.utils", "test_email"),
        proof("logging", "test_logging"),
        proof("unittest.mock", "test_unittest.testmock"),
    )
}
