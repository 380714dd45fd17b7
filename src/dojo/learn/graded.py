"""The commands that grade: where am I, run, replay, and the author's check."""

from __future__ import annotations

import functools
import textwrap
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from dojo.catalog import Kata, load_katas
from dojo.errors import UsageError
from dojo.learn.author import find_parity_problems, find_problems
from dojo.learn.choose import choose_kata, choose_katas
from dojo.learn.progress import Progress, find_current, load_progress
from dojo.learn.replay import render_replay
from dojo.learn.screen import ProgressLine, print_report
from dojo.learn.session import Subject, grade_kata
from dojo.learn.status import render_course, render_nearby, render_place
from dojo.report import json as json_report
from dojo.report import text as text_report
from dojo.report.card import ReportCard
from dojo.sandbox.sandbox import Sandbox

PASSED, FAILED, FAULT = 0, 1, 3


def show_place(options: Namespace, root: Path, sandbox: Sandbox) -> int:
    """Print the course, and grade the first exercise that has not passed yet."""
    katas, progress = load_katas(root), load_progress(root)
    kata = find_current(katas, progress)
    if kata is None:
        print(render_course(katas, progress))
        print(f"\nAll {len(katas)} katas pass.")
        return PASSED
    card = _grade(Subject(root, kata), sandbox, progress)
    print(render_nearby(katas, progress))
    print(f"\n{render_place(root, kata)}\n")
    print_report(text_report.render_report(card, others=0))
    if card.verdict == "passed":
        print("\nThe next one: dojo" if find_current(katas, progress) else f"\nAll {len(katas)} katas pass.")
    return exit_code([card])


def run(options: Namespace, root: Path, sandbox: Sandbox) -> int:
    """Grade katas, print a report on each."""
    katas, progress = load_katas(root), load_progress(root)
    chosen = choose_katas(katas, options.kata)
    file = _file(options, chosen)
    cards: list[ReportCard] = []
    for kata in chosen:
        card = _grade(Subject(root, kata, file, options.target), sandbox, progress)
        if options.format == "json":
            print(json_report.render_report(card), flush=True)
        else:
            print_report(("\n" if cards else "") + text_report.render_report(card))
        cards.append(card)
    if len(cards) > 1 and options.format == "text":
        print(f"\n{sum(card.verdict == 'passed' for card in cards)} of {len(cards)} katas pass.")
    return exit_code(cards)


def replay(options: Namespace, root: Path, sandbox: Sandbox) -> int:
    """Print every step of one schedule."""
    kata = choose_kata(load_katas(root), options.kata)
    subject = Subject(root, kata, _file(options, [kata]), options.target)
    print_report(render_replay(subject, options.schedule, sandbox))
    return PASSED


def check(options: Namespace, root: Path, sandbox: Sandbox) -> int:
    """Print everything that is wrong with the content, or with the part of it that belongs to the named katas."""
    katas = load_katas(root)
    chosen = choose_katas(katas, options.kata)
    problems = find_parity_problems(root, chosen, whole_course=not options.kata)
    with ProgressLine() as line:
        grade = functools.partial(grade_kata, sandbox=sandbox, watch=line)
        for kata in chosen:
            problems += find_problems(root, kata, grade, grades_bank=options.bank)
    for problem in problems:
        print("\n".join(textwrap.wrap(problem, 80, initial_indent="  - ", subsequent_indent="    ")))
    what = "1 kata" if len(chosen) == 1 else f"{len(chosen)} katas"
    found = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    print(f"{what}, {found if problems else 'all in order'}")
    return FAULT if problems else PASSED


def exit_code(cards: Sequence[ReportCard]) -> int:
    """Return 3 where a fault stands in the way of a verdict, else 1 where a submission fails, else 0."""
    verdicts = {card.verdict for card in cards}
    if "fault" in verdicts:
        return FAULT
    return PASSED if verdicts <= {"passed"} else FAILED


def _grade(subject: Subject, sandbox: Sandbox, progress: Progress) -> ReportCard:
    with ProgressLine() as line:
        card = grade_kata(subject, sandbox, line)
    if subject.file is None and subject.target == "exercises":
        progress.note(subject.kata, passed=card.verdict == "passed")
        progress.save()
    return card


def _file(options: Namespace, chosen: Sequence[Kata]) -> Path | None:
    if options.file is None:
        return None
    if len(chosen) != 1:
        raise UsageError("one-kata", f"--file {options.file} is one submission: name the one kata that it is for")
    path = Path(options.file).absolute()
    if not path.is_file():
        # A mistyped path is nobody's failing grade.
        raise UsageError("no-file", f"--file {options.file}: there is no such file; name the file that is to be graded")
    return path
