import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.cli import main
from dojo.diagnosis import load_lessons
from dojo.learn.progress import load_progress
from tests.engine.report.schema import problems
from tests.engine.small_dojo import GRADER, SOLUTION, write_dojo


@pytest.fixture
def dojo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_dojo(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_list_shows_what_is_next(dojo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "  next    account  A bank account that loses money",
        "          counter  A counter",
    ]


@pytest.mark.parametrize("arguments", [["list"], ["hint"], ["explain", "STUB"], ["--help"]])
def test_quick_commands_import_neither_pytest_nor_the_engine(dojo: Path, arguments: list[str]) -> None:
    program = (
        "import sys, contextlib\nbefore = set(sys.modules)\nfrom dojo.cli import main\n"
        f"with contextlib.suppress(SystemExit): main({arguments!r})\n"
        "dear = {'pytest', 'rich', 'greenlet', 'psutil', 'multiprocessing'}\n"
        "print(sorted(dear.intersection(set(sys.modules) - before)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_hints_come_one_at_a_time_and_are_remembered(dojo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for _ in range(4):
        assert main(["hint", "account"]) == 0
        shown.append(capsys.readouterr().out.splitlines()[2:4])
    assert shown == [
        ["hint 1 of 3", "  Who else?"],
        ["hint 2 of 3", "  Exclusion."],
        ["hint 3 of 3", "  with ...:"],
        ["hint 3 of 3", "  with ...:"],
    ]


def test_all_hints_at_once(dojo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hint", "account", "--all"]) == 0
    assert capsys.readouterr().out.count("hint ") == 3
    assert load_progress(dojo).hints == {}


def test_a_damaged_memory_is_no_obstacle(dojo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dojo / ".dojo").mkdir()
    (dojo / ".dojo" / "progress.json").write_text('{"passed": 3')
    assert main(["hint"]) == 0
    assert "hint 1 of 3" in capsys.readouterr().out


@pytest.mark.parametrize("code", sorted(load_lessons()))
def test_every_code_is_explained(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", code]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"{code}  ")
    assert all(len(line) <= 80 for line in lines)


USAGE = {
    ("run", "acount"): "dojo: no kata 'acount': did you mean account?",
    ("hint", "zzz"): "dojo: no kata 'zzz': the katas are account, counter",
    ("run", "--file", "x.py"): "dojo: --file x.py is one submission: name the one kata that it is for",
    ("run", "account", "--file", "x.py"): (
        "dojo: --file x.py: there is no such file; name the file that is to be graded"
    ),
    (
        "replay",
        "account",
        "1221",
    ): "dojo: '1221' is not CHECK:SCHEDULE: copy the whole line that begins with dojo replay",
    ("explain", "ZOMBY"): "dojo: no code 'ZOMBY': did you mean ZOMBIE?",
}


@pytest.mark.parametrize("arguments", USAGE, ids=" ".join)
def test_a_wrong_command_says_what_is_right(
    dojo: Path, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err.strip() == USAGE[arguments]


def test_a_broken_index_is_the_authors_and_exits_with_3(dojo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (dojo / "exercises" / "katas.toml").write_text("[[kata]]\nslug = 'account'\n")
    assert main(["list"]) == 3
    assert capsys.readouterr().err.startswith("dojo: exercises/katas.toml has mistakes:\n  - kata 'account' needs")


# ---------------------------------------------------------------------------------- with the real engine


def dojo_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dojo", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def test_a_failing_exercise_exits_with_1_and_shows_its_story(dojo: Path) -> None:
    done = dojo_command(dojo, "run", "account")
    assert (done.returncode, done.stderr) == (1, "")
    assert "RACE-LOST-UPDATE  one vanished" in done.stdout
    assert "`-- computed from step 1: the write of step 3 is lost" in done.stdout


def test_the_printed_replay_command_can_be_pasted(dojo: Path) -> None:
    printed = dojo_command(dojo, "run", "account").stdout
    command = next(part for line in printed.splitlines() for part in line.split("     ") if "dojo replay" in part)
    done = dojo_command(dojo, *command.split()[-3:])
    assert done.returncode == 0
    assert ">>" in done.stdout and "the scenario returns" in done.stdout


def test_json_is_one_document_and_nothing_else(dojo: Path) -> None:
    done = dojo_command(dojo, "run", "account", "--target", "solutions", "--format", "json")
    document = json.loads(done.stdout)
    assert list(problems(document)) == []
    assert (done.returncode, document["verdict"], document["kata"]) == (0, "passed", "account")


def test_the_document_of_a_failure_fits_the_schema(dojo: Path) -> None:
    done = dojo_command(dojo, "run", "account", "--format", "json")
    document = json.loads(done.stdout)
    assert list(problems(document)) == []
    (check,) = document["checks"]
    assert (done.returncode, check["code"], check["trace"]["preemptions"]) == (1, "RACE-LOST-UPDATE", 1)


def test_what_has_passed_is_remembered_until_it_changes(dojo: Path) -> None:
    exercise = dojo / "exercises/threads/account.py"
    exercise.write_text((dojo / "solutions/threads/account.py").read_text())
    assert dojo_command(dojo).returncode == 0
    assert "passed  account" in dojo_command(dojo, "list").stdout
    exercise.write_text(exercise.read_text() + "# changed\n")
    assert "next    account" in dojo_command(dojo, "list").stdout


def test_a_bug_of_the_grader_exits_with_3(dojo: Path) -> None:
    done = dojo_command(dojo, "run", "counter")
    assert done.returncode == 3
    assert "KataError (grader-bug)" in done.stdout


def test_the_authors_check_names_every_problem_at_once(dojo: Path) -> None:
    (dojo / "exercises/threads/counter.md").unlink()
    done = dojo_command(dojo, "check")
    assert done.returncode == 3
    found = [line for line in done.stdout.splitlines() if line.startswith("  - ")]
    assert found[0].startswith("  - kata 'counter' has no lesson: write exercises/threads/counter.md")
    assert any("account: 0 wrong submissions" in problem for problem in found)
    assert any("counter: grading the stub ends in a fault" in problem for problem in found)


BROKEN_GRADERS = {
    "InternalError (no-verdict)  ImportError while importing test module": "import nothing_of_the_kind\n",
    "KataError (grader-bug)  test_account.py, check 'no_deposit_is_lost', line 12:": (
        GRADER.replace("assert outcome", "exploded(); assert outcome")
    ),
    "InternalError (no-verdict)  check 'no_deposit_is_lost' was skipped:": (
        "import pytest\n" + GRADER.replace("def test_", "@pytest.mark.skip(reason='not today')\ndef test_")
    ),
    "ValueError  ValueError: no": (
        GRADER.replace("(explore)", "(explore, broken)")
        + "import pytest\n@pytest.fixture\ndef broken(): raise ValueError('no')\n"
    ),
}


@pytest.mark.parametrize("said", BROKEN_GRADERS)
def test_a_grader_that_is_broken_is_a_fault_and_never_a_grade(dojo: Path, said: str) -> None:
    (dojo / "graders/threads/test_account.py").write_text(BROKEN_GRADERS[said])
    done = dojo_command(dojo, "run", "account")
    assert done.returncode == 3
    assert said in done.stdout.splitlines()


def test_all_katas_are_graded_one_after_the_other_and_counted(dojo: Path) -> None:
    done = dojo_command(dojo, "run", "--target", "solutions")
    assert done.stdout.splitlines()[-1] == "1 of 2 katas pass."


def test_who_has_passed_everything_is_told(dojo: Path) -> None:
    (dojo / "graders/threads/test_counter.py").write_text(GRADER)
    for slug in ("account", "counter"):
        (dojo / f"exercises/threads/{slug}.py").write_text(SOLUTION)
    assert dojo_command(dojo).stdout.splitlines()[-1] == "The next one: dojo"
    assert dojo_command(dojo).stdout.splitlines()[-1] == "All 2 katas pass."
    assert dojo_command(dojo).stdout.splitlines() == [
        "  passed  account  A bank account that loses money",
        "  passed  counter  A counter",
        "",
        "All 2 katas pass.",
    ]


REPLAYS = {
    ("account", "no_deposit_is_lost/7:12"): (
        2,
        "dojo: check 'no_deposit_is_lost' does not come so far: one vanished: 20, expected 70",
    ),
    ("account", "no_deposit_is_lost:999"): (
        2,
        (
            "dojo: schedule 999 does not fit check 'no_deposit_is_lost' of account.py: it chooses a thread that "
            "cannot go on there, or goes on after the end; copy it from a report on this very file"
        ),
    ),
    ("account", "no_deposit_is_lost:12121212121212"): (
        2,
        (
            "dojo: schedule 12121212121212 does not fit check 'no_deposit_is_lost' of account.py: it chooses a thread "
            "that cannot go on there, or goes on after the end; copy it from a report on this very file"
        ),
    ),
    ("account", "nothing:12"): (2, "dojo: kata 'account' has no check 'nothing' that explores so often"),
    ("counter", "no_deposit_is_lost/7:12"): (
        3,
        (
            "dojo: KataError (grader-bug) test_counter.py, check 'no_deposit_is_lost', line 12: the expectation raised "
            "TypeError: 'int' object is not subscriptable This is a fault of the dojo, not of the submission: "
            "report it with this text."
        ),
    ),
}


@pytest.mark.parametrize("what", REPLAYS, ids=" ".join)
def test_a_replay_that_cannot_be_says_why(dojo: Path, what: tuple[str, ...]) -> None:
    done = dojo_command(dojo, "replay", *what)
    assert (done.returncode, done.stderr.strip()) == REPLAYS[what]


def test_a_replay_of_a_deadlock_says_who_waits_for_whom(dojo: Path) -> None:
    deadlock = SOLUTION.replace("self.balance += amount", "self.lock.acquire()")
    (dojo / "exercises/threads/account.py").write_text(deadlock)
    printed = dojo_command(dojo, "run", "account").stdout
    command = next(part for line in printed.splitlines() for part in line.split("     ") if "dojo replay" in part)
    done = dojo_command(dojo, *command.split()[-3:])
    assert done.returncode == 0
    assert "waits" in done.stdout and "the scenario ends in" in done.stdout


def test_a_reader_that_has_gone_is_no_error(dojo: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "dojo", "list"], cwd=dojo, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


INTERRUPTING = """\
import psutil, signal
psutil.Process().parents()[1].send_signal(signal.SIGINT)
while True:
    pass
"""


def test_ctrl_c_ends_a_check_without_a_word(dojo: Path) -> None:
    (dojo / "exercises/threads/account.py").write_text(INTERRUPTING)
    done = dojo_command(dojo, "run", "account")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


INTERRUPTED_WHILE_IT_IMPORTS = """\
import os, runpy, signal, sys
class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "dojo.catalog":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Interrupting())
sys.argv = ["dojo", "list"]
runpy.run_module("dojo", run_name="__main__")
"""


def test_ctrl_c_is_quiet_while_the_command_is_imported(dojo: Path) -> None:
    command = [sys.executable, "-c", INTERRUPTED_WHILE_IT_IMPORTS]
    done = subprocess.run(command, cwd=dojo, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (-signal.SIGINT, "", "")


def test_plugins_of_other_people_have_no_say_whatever_the_environment_says(
    dojo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "0")
    assert dojo_command(dojo, "run", "account", "--target", "solutions").returncode == 0
