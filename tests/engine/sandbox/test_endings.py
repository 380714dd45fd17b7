"""However the trusted side ends, nobody is left; what the sandbox says about itself."""

import os
import select
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import psutil
import pytest

from dojo.errors import InternalError
from dojo.processes.tree import find_by_environment, is_alive
from dojo.sandbox import launcher as launching
from dojo.sandbox.framing import TO_RUN, pack_request
from dojo.sandbox.jobs import Answered, Job, Limits
from dojo.sandbox.launcher import TOKEN, Launcher, ZygoteGoneError
from dojo.sandbox.plumbing import Plumbing
from dojo.sandbox.sandbox import Sandbox

HANGS = """
import os, signal, sys

for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        break
while True:
    pass
"""

TRUSTED = """
import sys
from dojo.sandbox.jobs import Job
from dojo.sandbox.sandbox import Sandbox

with Sandbox() as sandbox:
    sandbox.run(Job("names", "mine", sys.argv[1], options={"requires": ["x"]}))
    print(sandbox._launcher.token, flush=True)
    sandbox.run(Job("names", "mine", sys.argv[2]))
"""


@pytest.fixture
def trusted(tmp_path):
    """A trusted side in a process of its own, in the middle of a job that never ends; with its token."""
    good, bad = tmp_path / "good.py", tmp_path / "bad.py"
    good.write_text("x = 1")
    bad.write_text(textwrap.dedent(HANGS))
    command = [sys.executable, "-c", TRUSTED, str(good), str(bad)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, **pipes, text=True) as process:
        token = process.stdout.readline().strip()
        while len(find_by_environment(TOKEN, token)) < 5:
            pass
        yield process, token
        process.kill()


def wait_until_gone(token):
    while find_by_environment(TOKEN, token):
        pass


def test_ctrl_c_ends_everything_at_once(trusted):
    process, token = trusted
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate()
    assert errors.endswith("KeyboardInterrupt\n") and process.returncode == -signal.SIGINT
    assert not find_by_environment(TOKEN, token)


def test_everything_ends_when_the_trusted_side_is_killed(trusted, tmp_path):
    process, token = trusted
    links = [link for link in Path("/tmp").glob("dojo-*/*/mine.py") if link.resolve().parent == tmp_path.resolve()]
    process.kill()
    process.wait()
    wait_until_gone(token)
    assert len(links) == 1 and not links[0].parent.parent.exists()


def test_an_error_in_the_trusted_side_ends_the_job(tmp_path):
    submission, grader = tmp_path / "mine.py", tmp_path / "test_mine.py"
    submission.write_text("import signal\ndef act(stage):\n    stage.recorder('r')(1)\n    signal.pause()")
    grader.write_text("def act(kata, stage): kata.act(stage)")

    from dojo.processes.director import Director

    class Failing(Director):
        def let_one_go(self):
            raise RuntimeError("ours")

    with Sandbox() as sandbox:
        job = Job("supervise", "mine", str(submission), str(grader), "act")
        with pytest.raises(RuntimeError, match="ours"):
            sandbox.run(job, director=Failing())
        assert sandbox._launcher is None


def test_names_are_checked_after_a_real_import(tmp_path, sandbox):
    submission = tmp_path / "mine.py"
    submission.write_text("class Acount:\n    pass\n")
    ended = sandbox.run(Job("names", "mine", str(submission), options={"requires": ["Account"]}))
    assert isinstance(ended, Answered)
    assert ended.payload == {
        "rejected": {
            "sentence": "the submission has no 'Account', but a 'Acount': rename it",
            "place": {"path": "mine.py", "line": 1, "text": "class Acount:"},
            "code": "CONTRACT",
        }
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import nothing_like_it", "cannot be imported: ModuleNotFoundError: No module named 'nothing_like_it'"),
        ("raise SystemExit(1)", "cannot be imported: SystemExit: 1"),
        ("x = 1", "has no function 'act' at the level of its module"),
    ],
)
def test_a_wrong_grader_is_the_author_s_fault(tmp_path, sandbox, text, said):
    submission, grader = tmp_path / "mine.py", tmp_path / "test_mine.py"
    submission.write_text("")
    grader.write_text(text)
    ended = sandbox.run(Job("supervise", "mine", str(submission), str(grader), "act"))
    assert ended.payload == {"kata_error": f"the grader 'test_mine' {said}"}


def test_a_fault_of_ours_is_told_as_one(tmp_path, sandbox):
    submission = tmp_path / "mine.py"
    submission.write_text("")
    ended = sandbox.run(Job("nonsense", "mine", str(submission)))
    assert "KeyError: 'nonsense'" in ended.payload["internal_error"]


def test_a_zygote_that_does_not_start_is_our_fault(tmp_path, sandbox, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "psutil.py").write_text("raise SystemExit(9)")
    with Sandbox() as broken, pytest.raises(InternalError, match="ended with 9"):
        broken.run(Job("names", "mine", __file__))


def test_the_wall_clock_is_a_backstop(tmp_path, sandbox):
    submission = tmp_path / "mine.py"
    submission.write_text("import time\nwhile True:\n    time.sleep(0.0001)\n")
    ended = sandbox.run(Job("names", "mine", str(submission)), limits=Limits(wall_seconds=0.5))
    assert (ended.what, ended.limit) == ("wall clock", 0.5)
    assert ended.stacks[0].frames[0][0].path == "mine.py"


def test_nothing_of_the_trusted_side_is_open_in_a_child(tmp_path, sandbox):
    submission, grader = tmp_path / "mine.py", tmp_path / "test_mine.py"
    submission.write_text("")
    grader.write_text("import os\ndef act(kata, stage): return sorted(map(int, os.listdir('/proc/self/fd')))")
    if not Path("/proc/self/fd").exists():
        pytest.skip("no /proc")
    held = [os.dup(0) for _ in range(50)]
    try:
        with Sandbox() as fresh:
            opened = fresh.run(Job("supervise", "mine", str(submission), str(grader), "act")).payload["ok"]
    finally:
        for descriptor in held:
            os.close(descriptor)
    # Its three streams, its channel, and the listing itself.
    assert len(opened) == 5


def test_a_check_does_not_begin_with_an_import_that_costs_as_much_as_the_check(workshop):
    ended = workshop.act("import sys\ndef act(): return 'importlib.metadata' in sys.modules")
    assert isinstance(ended, Answered) and ended.payload == {"ok": False}


def test_closing_twice_is_no_matter():
    sandbox = Sandbox()
    sandbox.close()
    sandbox.close()
    assert is_alive(os.getpid())


# -------------------------------------------------------------------------------------------- the zygote


@pytest.fixture
def launcher():
    launcher = Launcher()
    yield launcher
    launcher.close()


def started(launcher, plumbing):
    try:
        return launcher.start(plumbing.handed, pack_request(TO_RUN, ""))
    finally:
        plumbing.close_theirs()


def wait_for_news(launcher):
    """Wait until the zygote has said something that nobody has read."""
    select.select([launcher.control], [], [])


def test_a_zygote_that_is_idle_has_nothing_to_say(launcher):
    launcher.listen()
    assert launcher.ended == {}


def test_a_zygote_ends_when_its_trusted_side_has_gone(launcher):
    launcher.control.close()
    assert launcher._process.wait() == 0


def test_a_zygote_ends_when_its_trusted_side_has_gone_before_it_heard_everything(launcher):
    with Plumbing() as plumbing:
        os.kill(started(launcher, plumbing), signal.SIGKILL)
        wait_for_news(launcher)
        launcher.control.close()
        assert launcher._process.wait() == 0


def test_a_zygote_that_has_nobody_to_report_to_ends_and_leaves_nobody(launcher):
    with Plumbing() as plumbing:
        child = started(launcher, plumbing)
        os.kill(launcher.process, signal.SIGSTOP)
        launcher.control.close()
        os.kill(child, signal.SIGKILL)
        while psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
            pass
        os.kill(launcher.process, signal.SIGCONT)
        assert launcher._process.wait() == 0
        assert not find_by_environment(TOKEN, launcher.token)


def test_a_zygote_that_was_killed_starts_nothing(launcher):
    os.kill(launcher.process, signal.SIGKILL)
    launcher._process.wait()
    with Plumbing() as plumbing, pytest.raises(ZygoteGoneError):
        started(launcher, plumbing)
    assert launcher.close() == -signal.SIGKILL


def test_a_zygote_that_does_not_answer_is_given_up(launcher, monkeypatch):
    monkeypatch.setattr(launching, "SECONDS_TO_ANSWER", 0.0)
    os.kill(launcher.process, signal.SIGSTOP)
    with Plumbing() as plumbing, pytest.raises(ZygoteGoneError):
        started(launcher, plumbing)
