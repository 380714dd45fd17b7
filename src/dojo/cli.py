"""The command `dojo`: reads the command line and hands over to one function for each command."""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from dojo.catalog import find_root, load_katas
from dojo.diagnosis import find_lesson
from dojo.errors import DojoError, UsageError
from dojo.learn.choose import choose_kata
from dojo.learn.hints import render_hints
from dojo.learn.new import new_kata
from dojo.learn.progress import find_current, load_progress
from dojo.learn.status import render_course
from dojo.report.lesson import render_lesson

PASSED, FAILED, USAGE, FAULT, INTERRUPTED = 0, 1, 2, 3, 130

# Whatever grades needs these, which take longer to import than `dojo list` takes to run.
SANDBOX, GRADING = "dojo.sandbox.sandbox", "dojo.learn.graded"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone: nothing is left to say, not even at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PASSED
    except DojoError as error:
        print(f"dojo: {error}", file=sys.stderr)
        return USAGE if isinstance(error, UsageError) else FAULT


def _graded(name: str) -> Callable[[argparse.Namespace], int]:
    def command(options: argparse.Namespace) -> int:
        root = find_root(Path.cwd())
        with importlib.import_module(SANDBOX).Sandbox() as sandbox:
            # Its processes import what they need while this one imports pytest. If there can be none, a check says so.
            with contextlib.suppress(OSError):
                sandbox.start()
            code: int = getattr(importlib.import_module(GRADING), name)(options, root, sandbox)
        return code

    return command


def list_katas(options: argparse.Namespace) -> int:
    """Print the course."""
    root = find_root(Path.cwd())
    print(render_course(load_katas(root), load_progress(root)))
    return PASSED


def hint(options: argparse.Namespace) -> int:
    """Print the next hint for a kata, or all of them."""
    root = find_root(Path.cwd())
    katas, progress = load_katas(root), load_progress(root)
    kata = choose_kata(katas, options.kata) if options.kata else find_current(katas, progress) or katas[-1]
    shown = len(kata.hints) if options.all else min(progress.hints.get(kata.slug, 0) + 1, len(kata.hints))
    print(render_hints(kata, shown, every=options.all))
    if not options.all:
        progress.hints[kata.slug] = shown
        progress.save()
    return PASSED


def explain(options: argparse.Namespace) -> int:
    """Print what a code means."""
    print(render_lesson(find_lesson(options.code)))
    return PASSED


def new(options: argparse.Namespace) -> int:
    """Lay out the files of a new kata."""
    root = find_root(Path.cwd())
    for path in new_kata(root, options.kata):
        print(f"  wrote  {path.relative_to(root)}")
    print("\nA small kata that works. Make it yours, file by file (docs/authoring.md); what is missing: dojo check")
    return PASSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dojo", description=DESCRIPTION, epilog=EPILOG, formatter_class=_Raw)
    parser.set_defaults(command=_graded("show_place"))
    commands = parser.add_subparsers(metavar="COMMAND")
    run = commands.add_parser("run", help="grade katas", description=RUN, formatter_class=_Raw)
    run.add_argument("kata", nargs="*", metavar="KATA", help="which katas; all of them if none is named")
    _add_subject(run)
    run.add_argument("--format", choices=("text", "json"), default="text", help="text for people, json for programs")
    run.set_defaults(command=_graded("run"))
    commands.add_parser("list", help="the course, and how far you are").set_defaults(command=list_katas)
    hints = commands.add_parser("hint", help="the next hint", description=HINT, formatter_class=_Raw)
    hints.add_argument("kata", nargs="?", metavar="KATA", help="which kata; the current one if none is named")
    hints.add_argument("--all", action="store_true", help="all hints at once")
    hints.set_defaults(command=hint)
    replay = commands.add_parser("replay", help="one schedule, step by step", description=REPLAY, formatter_class=_Raw)
    replay.add_argument("kata", metavar="KATA")
    replay.add_argument("schedule", metavar="SCHEDULE", help="as the report prints it")
    _add_subject(replay)
    replay.set_defaults(command=_graded("replay"))
    explained = commands.add_parser("explain", help="what a code such as RACE-LOST-UPDATE means")
    explained.add_argument("code", metavar="CODE")
    explained.set_defaults(command=explain)
    check = commands.add_parser("check", help="for authors: is the content in order?", description=CHECK)
    check.add_argument("kata", nargs="*", metavar="KATA", help="which katas; all of them if none is named")
    check.add_argument("--bank", action="store_true", help="grade every submission of the banks too")
    check.set_defaults(command=_graded("check"))
    made = commands.add_parser("new", help="for authors: lay out the files of a new kata", description=NEW)
    made.add_argument("kata", metavar="GROUP/KATA")
    made.set_defaults(command=new)
    return parser


def _add_subject(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--file", metavar="PATH", help="a submission outside of exercises/")
    which.add_argument("--target", choices=("exercises", "solutions"), default="exercises", help="which folder")


_Raw = argparse.RawDescriptionHelpFormatter

DESCRIPTION = """\
Katas on Python threads and processes, graded by trying every interleaving that matters.

Without a command: where you are in the course, and the current kata, checked."""

EPILOG = """\
exit codes: 0 passed, 1 the submission fails, 2 wrong usage, 3 a fault of the dojo,
of a kata's author or of the machine (never a grade)"""

RUN = """\
Grade katas and print a report.

  dojo run                                       all exercises
  dojo run race_condition                        one of them
  dojo run race_condition --file mine.py         a file from elsewhere
  dojo run race_condition --target solutions     the reference
  dojo run race_condition --format json          one JSON document a kata, for programs"""

HINT = """\
Print the next hint: first a question, then the concept, then the shape of the code.
Each call shows one more; --all shows all that there are."""

REPLAY = """\
Run one schedule of one check and show every step of it. The report of a failing
check prints the whole command under "next"."""

CHECK = """\
Check the content for its authors: folders mirror each other, stubs fail as announced, solutions pass, hints and banks
are complete. All problems are printed at once."""

NEW = """\
Lay out the files of a new kata for its author: stub, lesson, solution, grader, a bank of two, and the entry in the
index. They are a small kata that works. Nothing that is there is overwritten."""
