"""A submission's file to a module, with one clear sentence wherever that fails.

Used on the learner's side of the border, by every kind of child: the explorer takes the tree of a `Source` and
instruments it, the others execute it as it is.
"""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, ModuleType, TracebackType

from dojo.model import Json, Place

LARGEST = 1 << 20
"""Bytes of source; the longest reference solution has about two thousand."""


class Rejection(Exception):
    """The submission cannot be graded: one sentence for the learner, and the line where there is one."""

    def __init__(self, sentence: str, place: Place | None = None, *, code: str = "CONTRACT") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.place = place
        self.code = code

    def to_json(self) -> dict[str, Json]:
        """Return the form in which a child sends it."""
        place = self.place
        where: Json = {"path": place.path, "line": place.line, "text": place.text} if place else None
        return {"sentence": self.sentence, "place": where, "code": self.code}


@dataclass(frozen=True, slots=True)
class Source:
    """A submission that compiles: nothing of it has been executed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def filename(self) -> str:
        """What the compiled code and its tracebacks call the file, unless told otherwise."""
        return str(self.path)

    def place(self, line: int) -> Place:
        """Return line `line` as a report shows it."""
        lines = self.text.splitlines()
        return Place(self.path.name, line, lines[line - 1].strip() if 0 < line <= len(lines) else "")


def load_source(path: Path) -> Source:
    """Read, decode and parse a submission, or raise Rejection."""
    text = _decode(_read(path), path.name)
    return Source(path, text, _parse(text, path))


def compile_source(source: Source, filename: str | None = None) -> CodeType:
    """Return the code of a submission, as it is; `filename` is what its tracebacks will say."""
    try:
        return compile(source.text, filename or source.filename, "exec", dont_inherit=True)
    except SyntaxError as error:
        raise _syntax_rejection(error, source.text, source.path) from None
    except (RecursionError, MemoryError):
        raise Rejection("the file is nested too deeply to be compiled") from None


def execute(source: Source, module: ModuleType, filename: str | None = None) -> None:
    """Execute a submission in `module`, or raise Rejection with the line that failed."""
    code = compile_source(source, filename)
    try:
        exec(code, vars(module))
    # Whatever ends the import, SystemExit included, is the submission's doing and must not end the child.
    except BaseException as error:
        raise explain_failure(error, source, filename) from error


def explain_failure(error: BaseException, source: Source, filename: str | None = None) -> Rejection:
    """Return what to tell the learner about an exception that came out of executing the submission's module."""
    line = _innermost_line(error.__traceback__, filename or source.filename)
    place = source.place(line) if line else None
    return Rejection(_failure_sentence(error), place)


def check_names(namespace: Mapping[str, object], requires: Iterable[str], source: Source) -> None:
    """Raise Rejection unless every name of `requires` ("Account", "Account.deposit") is there."""
    for name in requires:
        owner_name, _, member = name.partition(".")
        if owner_name not in namespace:
            raise _missing("the submission", owner_name, namespace, source)
        owner = namespace[owner_name]
        if member and not _has(owner, member):
            whose = f"the class {owner_name!r}" if isinstance(owner, type) else repr(owner_name)
            line = _line_of_definition(source.tree, owner_name)
            raise _missing(whose, member, _names_of(owner), source, at=line)


# --------------------------------------------------------------------------------------- bytes and text


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise Rejection(f"there is no file {path.name!r}") from None
    except IsADirectoryError:
        raise Rejection(f"{path.name!r} is a folder, not a file") from None
    except OSError as error:
        raise Rejection(f"{path.name!r} cannot be read: {error.strerror}") from None
    if len(data) > LARGEST:
        raise Rejection("the file is larger than 1 MiB: a solution to this kata fits on a page")
    return data


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Rejection("the file is encoded in UTF-16, which Python does not read: save it as UTF-8")
    _check_no_nul(data, name)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError as error:
        if "unknown encoding" in str(error) or "encoding problem" in str(error):
            declared = str(error).rpartition(" ")[2]
            raise Rejection(f"the file declares the encoding {declared!r}, which Python does not know") from None
        encoding = "utf-8"
    except LookupError:
        raise Rejection("the file declares an encoding that is not one of text") from None
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError, ValueError) as error:
        raise _undecodable(error, data, name, encoding) from None


def _check_no_nul(data: bytes, name: str) -> None:
    position = data.find(b"\0")
    if position >= 0:
        place = Place(name, data.count(b"\n", 0, position) + 1)
        raise Rejection("the file holds a NUL byte, which is never part of Python source: delete it", place)


def _undecodable(error: Exception, data: bytes, name: str, encoding: str) -> Rejection:
    if not isinstance(error, UnicodeDecodeError):
        return Rejection("the file declares an encoding that is not one of text")
    line = data.count(b"\n", 0, error.start) + 1
    text = data.splitlines()[line - 1].decode("ascii", "replace").strip()
    said = "it declares" if encoding not in ("utf-8", "utf-8-sig") else "Python expects where no other is declared"
    sentence = f"the byte 0x{data[error.start]:02x} is not {encoding}, the encoding that {said}: save the file as UTF-8"
    return Rejection(sentence, Place(name, line, text))


def _parse(text: str, path: Path) -> ast.Module:
    try:
        return ast.parse(text, str(path))
    except SyntaxError as error:
        raise _syntax_rejection(error, text, path) from None
    except (RecursionError, MemoryError):
        raise Rejection("the file is nested too deeply to be compiled") from None


def _syntax_rejection(error: SyntaxError, text: str, path: Path) -> Rejection:
    line = error.lineno or 1
    lines = text.splitlines()
    kind = "an indentation error" if isinstance(error, IndentationError) else "a syntax error"
    place = Place(path.name, line, lines[line - 1].strip() if line <= len(lines) else "")
    return Rejection(f"the file has {kind}: {error.msg}", place)


# ------------------------------------------------------------------------------------------- execution

GUARD = 'put it under `if __name__ == "__main__":`'


def _failure_sentence(error: BaseException) -> str:
    match error:
        case ModuleNotFoundError():
            return f"the submission cannot be imported: there is no module named {error.name!r} here"
        case ImportError():
            return f"the submission cannot be imported: {_one_line(str(error))}"
        case SystemExit():
            return f"the submission ends the interpreter when it is imported: {GUARD}"
        case EOFError():
            return f"the submission reads standard input when it is imported, and nobody types here: {GUARD}"
        case RecursionError():
            return "the submission cannot be imported: it recurses without end"
    said = _one_line(_text_of(error))
    return f"the submission cannot be imported: it raises {type(error).__name__}{': ' if said else ''}{said}"


def _text_of(error: BaseException) -> str:
    try:
        return str(error)
    # The learner's own __str__ runs here.
    except Exception as second:  # noqa: BLE001
        return f"(its text cannot be shown: __str__ raises {type(second).__name__})"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _innermost_line(traceback: TracebackType | None, filename: str) -> int | None:
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == filename:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


# ----------------------------------------------------------------------------------------------- names


def _has(owner: object, member: str) -> bool:
    try:
        return hasattr(owner, member)
    # A metaclass or descriptor of the learner's may raise anything.
    except Exception:  # noqa: BLE001
        return False


def _names_of(owner: object) -> tuple[str, ...]:
    try:
        return tuple(name for name in dir(owner) if type(name) is str)
    except Exception:  # noqa: BLE001
        return ()


def _missing(whose: str, name: str, present: Iterable[str], source: Source, *, at: int | None = None) -> Rejection:
    """Say what is missing, with the line of a near match, or else the line `at`."""
    public = [other for other in present if not other.startswith("__")]
    by_lower = {other.lower(): other for other in public}
    near = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    if not near:
        return Rejection(f"{whose} has no {name!r}", source.place(at) if at else None)
    found = by_lower[near[0]]
    line = _line_of_definition(source.tree, found)
    return Rejection(f"{whose} has no {name!r}, but a {found!r}: rename it", source.place(line) if line else None)


def _line_of_definition(tree: ast.Module, name: str) -> int | None:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return node.lineno
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id == name:
            return node.lineno
    return None
