"""Whatever a submission does, its job ends, nothing of it lives on, and the next job runs."""

import os

import pytest

from dojo.model import Census, Place
from dojo.sandbox.jobs import Answered, Died, Disrupted, Exceeded, Limits, Stalled

MIB = 1 << 20


def test_the_observation_comes_back_with_what_was_printed(workshop):
    ended = workshop.act("def act(x):\n    print('to you')\n    return {'x': x}", [1, None, 2.5])
    assert ended == Answered({"ok": {"x": [1, None, 2.5]}}, "to you\n", "", Census())


def test_a_hang_is_found_and_says_where(workshop):
    ended = workshop.act(
        """
        import threading

        def act():
            lock = threading.Lock()
            lock.acquire()
            lock.acquire()
        """
    )
    assert isinstance(ended, Stalled) and ended.still
    (stack,) = ended.stacks
    assert (stack.process, stack.role) == (0, "the scenario")
    assert stack.frames[0] == (Place("mine.py", 7, "lock.acquire()"), "act")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may take one end of a connection away")
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_wait_for_an_end_that_the_kernel_has_lost_says_so(workshop, is_whole):
    ended = workshop.act(
        """
        import socket

        def act(is_whole):
            with socket.create_server(("127.0.0.1", 0)) as listener:
                near = socket.create_connection(listener.getsockname())
                far, _ = listener.accept()
            if not is_whole:
                TCP_REPAIR = 19
                far.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
                far.close()
            near.recv(1)
        """,
        is_whole,
    )
    assert isinstance(ended, Stalled) and ended.severed is not is_whole


def test_a_polling_loop_that_gets_nowhere_is_a_hang_too(workshop):
    ended = workshop.act("import time\ndef act():\n    while True:\n        time.sleep(0.05)")
    assert isinstance(ended, Stalled) and not ended.still
    assert ended.stacks[0].frames[0] == (Place("mine.py", 4, "time.sleep(0.05)"), "act")


def test_a_busy_loop_uses_up_its_processor_time_and_says_where(workshop):
    ended = workshop.act("def act():\n    while True:\n        pass", limits=Limits(processor_seconds=0.5))
    assert isinstance(ended, Exceeded) and (ended.what, ended.limit) == ("processor time", 0.5)
    assert ended.stacks[0].frames[0][1] == "act"


@pytest.mark.parametrize(
    ("text", "code", "reason"),
    [
        ("import os, signal\ndef act(): os.kill(os.getpid(), signal.SIGSEGV)", -11, "was ended by SIGSEGV"),
        ("import os, signal\ndef act(): os.kill(os.getpid(), signal.SIGKILL)", -9, "was ended by SIGKILL"),
        ("import os\ndef act(): os._exit(0)", 0, "left the interpreter with exit code 0"),
        ("import os\ndef act(): os._exit(7)", 7, "left the interpreter with exit code 7"),
        ("import os, sys\ndef act(): os.execv('/bin/sh', ['sh', '-c', 'exit 5'])", 5, None),
    ],
)
def test_a_death_is_told_with_its_code(workshop, text, code, reason):
    ended = workshop.act(text)
    assert isinstance(ended, Died) and ended.code == code
    assert reason is None or ended.reason == reason


def test_a_process_that_crashes_the_interpreter_says_where_on_its_errors(workshop):
    ended = workshop.act("import faulthandler\ndef act(): faulthandler._sigsegv()")
    assert isinstance(ended, Died) and ended.code == -11 and "mine.py" in ended.errors


def test_endless_output_is_cut_off_and_its_ends_are_kept(workshop):
    text = "def act():\n    print('first')\n    while True:\n        print('x' * 65536)"
    ended = workshop.act(text, limits=Limits(output=8 * MIB))
    assert isinstance(ended, Exceeded) and ended.what == "output"
    assert ended.output.startswith("first\nxxx") and "bytes left out]" in ended.output and len(ended.output) < MIB


def test_much_output_within_the_limit_is_no_matter(workshop):
    ended = workshop.act("def act():\n    print('x' * 3_000_000)\n    return 1")
    assert isinstance(ended, Answered) and ended.payload == {"ok": 1}
    assert "[2868929 bytes left out]" in ended.output


def test_a_memory_hog_is_killed(workshop):
    text = "def act():\n    held = []\n    while True:\n        held.append(bytearray(1 << 22))"
    ended = workshop.act(text, limits=Limits(memory=200 * MIB))
    assert isinstance(ended, Exceeded) and ended.what == "memory"


def test_a_fork_bomb_of_hogs_is_added_up(workshop):
    text = """
        import os, signal

        def act():
            for _ in range(8):
                if os.fork() == 0:
                    held = bytearray(b"x") * (40 << 20)
                    signal.pause()
            signal.pause()
        """
    ended = workshop.act(text, limits=Limits(memory=200 * MIB))
    assert isinstance(ended, Exceeded) and ended.what == "memory"


def test_killing_the_group_of_the_parent_disrupts_only_its_own_job(workshop):
    text = "import os, signal\ndef act():\n    os.fork()\n    os.killpg(os.getpgid(os.getppid()), signal.SIGKILL)"
    before = workshop.sandbox._launcher
    # The forked child kills the group of the scenario, the scenario that of the zygote; either may be faster.
    workshop.act(text)
    ended = workshop.act(
        "import os, signal, time\ndef act():\n    os.killpg(os.getpgid(os.getppid()), 9)\n    signal.pause()"
    )
    assert isinstance(ended, Disrupted)
    assert workshop.act("def act(): return 'next'").payload == {"ok": "next"}
    assert before is None or workshop.sandbox._launcher is not before


def test_what_a_killed_zygote_leaves_is_found_by_its_environment(workshop):
    text = """
        import os, signal, time

        def act():
            parent = os.getppid()
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.setsid()
                    signal.pause()
                os._exit(0)
            os.wait()
            os.kill(parent, signal.SIGKILL)
            signal.pause()
        """
    assert workshop.act("def act(): return 1").payload == {"ok": 1}
    token = workshop.sandbox._launcher.token
    assert isinstance(workshop.act(text), Disrupted)
    from dojo.processes.tree import find_by_environment

    assert not find_by_environment("DOJO_CHECK", token)


def test_a_stopped_zygote_is_no_obstacle(workshop):
    ended = workshop.act("import os, signal\ndef act():\n    os.kill(os.getppid(), signal.SIGSTOP)\n    return 1")
    assert isinstance(ended, Answered)
    assert workshop.act("def act(): return 2").payload == {"ok": 2}


def test_a_daemonised_grandchild_is_counted_and_killed(workshop):
    ended = workshop.act(
        """
        import os, signal

        def act():
            if os.fork() == 0:
                os.setsid()
                if os.fork() == 0:
                    os.closerange(0, 100)
                    signal.pause()
                os._exit(0)
            os.wait()
            return "left"
        """
    )
    assert isinstance(ended, Answered)
    assert ended.census == Census(("child 1 (its parent is gone)",), 0)


def test_a_child_that_ignores_SIGTERM_is_killed(workshop):
    ended = workshop.act(
        """
        import os, signal

        def act():
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            child = os.fork()
            if child == 0:
                while True:
                    signal.pause()
            os.kill(child, signal.SIGTERM)
            return 1
        """
    )
    assert isinstance(ended, Answered) and ended.census.alive == ("child 1 (started by the scenario)",)


def test_a_zombie_is_counted(workshop):
    ended = workshop.act("import os\ndef act():\n    if os.fork() == 0:\n        os._exit(0)")
    assert isinstance(ended, Answered) and ended.census == Census((), 1)


def test_a_busy_leftover_is_counted_without_waiting_for_its_end(workshop):
    ended = workshop.act("import os\ndef act():\n    if os.fork() == 0:\n        while True: pass\n    return 1")
    assert isinstance(ended, Answered) and ended.census.alive == ("child 1 (started by the scenario)",)


def test_closing_every_descriptor_is_told(workshop):
    ended = workshop.act("import os\ndef act():\n    os.closerange(0, 1000)")
    assert isinstance(ended, Died) and (ended.code, ended.reason) == (None, "closed a descriptor that is not its own")


def test_a_hang_after_closing_every_descriptor_is_still_a_hang(workshop):
    ended = workshop.act("import os, signal\ndef act():\n    os.closerange(0, 1000)\n    signal.pause()")
    assert isinstance(ended, Stalled) and [stack.role for stack in ended.stacks] == ["the scenario"]


def test_garbage_on_every_descriptor_is_no_answer(workshop):
    ended = workshop.act(
        """
        import os, contextlib

        def act():
            for descriptor in range(100):
                with contextlib.suppress(OSError):
                    os.write(descriptor, b"\\xff" * 100)
            return 1
        """
    )
    assert isinstance(ended, Died) and ended.reason == "wrote to a descriptor that is not its own"
    assert workshop.act("def act(): return 2").payload == {"ok": 2}


def test_an_answer_that_is_JSON_but_not_ours_is_refused(workshop):
    ended = workshop.act(
        """
        import os, socket, struct

        def act():
            for descriptor in range(3, 20):
                try:
                    with socket.socket(fileno=descriptor) as channel:
                        channel.sendall(struct.pack("!I", 3) + b"[1]")
                except OSError:
                    pass
        """
    )
    assert isinstance(ended, Died) and ended.reason == "wrote to a descriptor that is not its own"


def test_a_fork_that_falls_through_does_not_answer(workshop):
    text = (
        "import os\ndef act():\n    print('once')\n    pid = os.fork()\n    if pid: os.waitpid(pid, 0)\n    return pid"
    )
    from dojo.processes.director import Director

    director = Director()
    ended = workshop.act(text, director=director)
    assert isinstance(ended, Answered) and ended.payload["ok"] > 0
    assert [(record.recorder, record.process) for record in director.records] == [("fell-through", 1)]
    # As with any program that forks with something in its buffer.
    assert ended.output == "once\nonce\n"


def test_a_forked_child_that_raises_through_the_scenario_prints_its_traceback_and_exits_with_1(workshop):
    ended = workshop.act(
        """
        import os

        def act():
            pid = os.fork()
            if not pid:
                raise ValueError("in the child")
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        """
    )
    assert ended.payload == {"ok": 1} and ended.errors.endswith("ValueError: in the child\n")


def test_a_forked_child_may_leave_with_sys_exit(workshop):
    ended = workshop.act(
        """
        import os, sys

        def act():
            pid = os.fork()
            if not pid:
                sys.exit(3)
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        """
    )
    assert ended.payload == {"ok": 3}


def test_a_forked_child_may_leave_with_a_sentence(workshop):
    ended = workshop.act(
        """
        import os, sys

        def act():
            pid = os.fork()
            if not pid:
                sys.exit("nothing to do")
            return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        """
    )
    assert (ended.payload, ended.errors) == ({"ok": 1}, "nothing to do\n")


def test_an_exception_whose_text_cannot_be_shown_is_told_all_the_same(workshop):
    ended = workshop.act(
        """
        class Nasty(Exception):
            def __str__(self): raise KeyError("no")
            __cause__ = property(__str__)

        def act():
            raise Nasty
        """
    )
    raised = ended.payload["raised"]
    assert (raised["type"], raised["traceback"]) == ("Nasty", "")
    assert raised["message"] == "(its text cannot be shown: __str__ raises KeyError)"


def test_a_death_by_a_signal_without_a_name_is_told_with_its_number(workshop):
    ended = workshop.act("import os\ndef act(): os.kill(os.getpid(), 40)")
    assert isinstance(ended, Died) and (ended.code, ended.reason) == (-40, "was ended by signal 40")


def test_a_fork_at_import_does_not_answer(workshop):
    ended = workshop.act("import os\npid = os.fork()\nif pid: os.wait()\ndef act(): return 'mine'")
    assert isinstance(ended, Answered) and ended.payload == {"ok": "mine"}


def test_an_exception_is_told_with_the_frames_of_the_submission(workshop):
    ended = workshop.act("def act():\n    deeper()\ndef deeper():\n    raise KeyError('gone')")
    raised = ended.payload["raised"]
    assert (raised["type"], raised["message"]) == ("KeyError", "'gone'")
    assert [(frame["path"], frame["line"], frame["function"]) for frame in raised["frames"]] == [
        ("mine.py", 2, "act"),
        ("mine.py", 4, "deeper"),
    ]
    assert raised["frames"][1]["text"] == "raise KeyError('gone')" and 'File "mine.py"' in raised["traceback"]


@pytest.mark.parametrize("how", ["sys.exit(4)", "raise KeyboardInterrupt", "raise GeneratorExit"])
def test_no_exception_gets_past_the_scenario(workshop, how):
    ended = workshop.act(f"import sys\ndef act():\n    {how}")
    assert isinstance(ended, Answered) and "raised" in ended.payload


def test_an_observation_that_is_no_plain_data_is_told(workshop):
    raised = workshop.act("def act():\n    return {1: object()}").payload["raised"]
    assert raised["message"] == "the observation holds something else than plain data: $: a key is int, not str"


def test_an_observation_that_holds_itself_is_told(workshop):
    raised = workshop.act("def act():\n    a = []\n    a.append(a)\n    return a").payload["raised"]
    assert "nested more than 200 levels deep" in raised["message"]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("'x' * (65 << 20)", "the observation is larger than 64 MiB"),
        ("10 ** 5000", "the observation cannot be sent: Exceeds the limit (4300 digits)"),
    ],
)
def test_an_observation_too_large_to_send_is_told(workshop, expression, message):
    raised = workshop.act(f"def act():\n    return {expression}").payload["raised"]
    assert raised["message"].startswith(message)


def test_an_observation_of_some_megabytes_is_no_matter(workshop):
    assert workshop.act("def act():\n    return 'x' * (10 << 20)").payload["ok"] == "x" * (10 << 20)


def test_standard_streams_may_be_replaced_and_closed(workshop):
    ended = workshop.act("import sys\ndef act():\n    sys.stdout.close()\n    sys.stderr = None\n    return 1")
    assert isinstance(ended, Answered) and ended.payload == {"ok": 1}


def test_output_is_buffered_as_in_a_pipeline(workshop):
    text = "import os\ndef act():\n    print('buffered')\n    os.write(1, b'direct ')\n    return 1"
    assert workshop.act(text).output == "direct buffered\n"


def test_what_a_thread_does_after_the_answer_is_no_matter(workshop):
    ended = workshop.act(
        """
        import threading, time

        def act():
            threading.Thread(target=spin, daemon=True).start()
            return 1

        def spin():
            while True:
                time.sleep(0.01)
        """
    )
    assert isinstance(ended, Answered) and ended.payload == {"ok": 1}


def test_nothing_of_the_job_stays_in_the_file_system(workshop):
    text = "import os, tempfile\ndef act():\n    open(tempfile.mkstemp()[1], 'w').close()\n    return os.getcwd()"
    where = workshop.act(text).payload["ok"]
    assert not os.path.exists(where)


def test_a_submission_that_is_not_there_is_rejected(workshop, tmp_path):
    from dojo.sandbox.jobs import Job

    ended = workshop.sandbox.run(Job("names", "nothing", str(tmp_path / "nothing.py")))
    assert ended.payload == {
        "rejected": {"sentence": "there is no file 'nothing.py'", "place": None, "code": "CONTRACT"}
    }
