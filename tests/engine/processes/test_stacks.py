"""What faulthandler writes, as the versions of Python write it, and what is kept of it."""

from dojo.model import Place
from dojo.processes.stacks import OURS, Names, parse_dump

NAMES = Names(("/tmp/link/kata.py",), "mine.py", ("import queue", "", "    queue.get()  "))

OLD = f"""printed by the learner
Fatal Python error: Aborted

Thread 0x00007f0c0a7fc6c0 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 327 in wait
  File "/usr/lib/python3.11/queue.py", line 171 in get
  File "/tmp/link/kata.py", line 3 in reader

Current thread 0x00007f0c0b1e4740 (most recent call first):
  File "/tmp/link/kata.py", line ??? in act
  File "/home/me/graders/test_kata.py", line 9 in scenario
  File "{OURS}processes/scenario_runner.py", line 50 in supervise_job
  File "<frozen runpy>", line 88 in _run_code

Extension modules: greenlet._greenlet (total: 1)
"""

NEW = """Fatal Python error: Aborted

Thread 0x00007f0c0a7fc6c0 [reader (worker)] (most recent call first):
  File "/tmp/link/kata.py", line 3 in reader

Current thread 0x00007f0c0b1e4740 [python] (most recent call first):
  <no Python frame>

Current thread's C stack trace (most recent call first):
  Binary file "/usr/bin/python", at _Py_DumpStack+0x31 [0x6d3c1b]
  <truncated rest of calls>
"""

FORKED = """Fatal Python error: Aborted

Current thread 0x00007f0c0b1e4740 (most recent call first):
  File "/tmp/link/kata.py", line 1 in child
  File "/usr/lib/python3.14/multiprocessing/process.py", line 108 in run
  File "/usr/lib/python3.14/multiprocessing/process.py", line 313 in _bootstrap
  File "/usr/lib/python3.14/multiprocessing/popen_fork.py", line 71 in _launch
  File "/tmp/link/kata.py", line 3 in parent
"""


def test_the_threads_come_with_the_main_one_first():
    assert parse_dump(OLD, NAMES) == [
        ("", ((Place("mine.py", 0, ""), "act"), (Place("test_kata.py", 9), "scenario"))),
        (
            "",
            (
                (Place("threading.py", 327), "wait"),
                (Place("queue.py", 171), "get"),
                (Place("mine.py", 3, "queue.get()"), "reader"),
            ),
        ),
    ]


def test_names_of_threads_and_stacks_of_C_are_understood():
    assert parse_dump(NEW, NAMES) == [
        ("python", ()),
        ("reader (worker)", ((Place("mine.py", 3, "queue.get()"), "reader"),)),
    ]


def test_what_a_forked_process_has_from_its_parent_is_left_out():
    ((_, frames),) = parse_dump(FORKED, NAMES)
    assert [function for _, function in frames] == ["child", "run"]


def test_a_process_that_wrote_nothing_has_no_threads():
    assert parse_dump("", NAMES) == []
