from dojo.model import Place, Task, Wait
from dojo.trace import Focus, render_all, render_story, render_waits, shared_variables
from tests.engine.traces import trace

LOST = """
    main - start T1
    main - start T2
    T1 13 read self._balance -> 0
    T2 13 read self._balance -> 0
    T2 14 write self._balance <- 50
    T1 14 write self._balance <- 20
    main - join T1
"""
FOCUS = Focus(("self._balance",), (), (3, 5, 6), "computed from step {0}: the write of step {1} is lost")


def test_the_story_of_a_lost_update() -> None:
    lines = render_story(trace(LOST, T1="deposit(20)", T2="deposit(50)"), FOCUS)
    assert lines == [
        "     step  T1 deposit(20)                T2 deposit(50)                _balance",
        "     ----  ----------------------------  ----------------------------  --------",
        "        1  13 read _balance -> 0                                       0",
        "        2                                13 read _balance -> 0         0",
        "        3                                14 write _balance <- 50       50",
        "     >> 4  14 write _balance <- 20                                     20",
        "           `-- computed from step 1: the write of step 3 is lost",
    ]


def test_without_a_focus_the_shared_variables_are_shown() -> None:
    found = trace("T1 3 read own -> 1\nT1 4 write shared <- 1\nT2 5 read shared -> 1")
    assert shared_variables(found) == ("shared",)
    assert [line[11:].split() for line in render_story(found, Focus())[2:]] == [
        ["4", "write", "shared", "<-", "1", "1"],
        ["5", "read", "shared", "->", "1", "1"],
    ]


def test_the_column_of_values_follows_what_a_call_changes() -> None:
    found = trace(
        "T1 3 read items -> []\nT2 4 call items.append -> [1]\nT1 5 read items -> [1]\nT1 6 call items.pop -> []"
    )
    assert [line.rpartition("  ")[2] for line in render_story(found, Focus(("items",)))[2:]] == [
        "[]",
        "[1]",
        "[1]",
        "[]",
    ]


def test_a_long_story_is_cut_to_its_end_and_says_so() -> None:
    steps = "\n".join(f"T{number % 2 + 1} 9 read x -> {number}" for number in range(40))
    lines = render_story(trace(steps + "\nT1 10 write x <- 7"), Focus(("x",), (), (1, 41)), rows=6)
    assert len(lines) <= 2 + 6
    assert lines[3] == "           ..."
    assert lines[-1].lstrip().startswith(">>")


def test_every_line_fits_eighty_columns() -> None:
    wide = "T1 9 read " + "a_long_name" * 6 + " -> " + "9" * 60 + "\nT2 10 write " + "a_long_name" * 6 + " <- 1"
    lines = render_story(trace(wide, T1="deposit(" + "1" * 60 + ")"), Focus())
    assert lines and all(len(line) <= 80 for line in lines)


def test_three_lanes_leave_out_the_column_of_values() -> None:
    steps = "T1 9 read x -> 0\nT2 9 read x -> 0\nT3 9 write x <- 1"
    lines = render_story(trace(steps), Focus())
    assert lines[0].split() == ["step", "T1", "T2", "T3"]
    assert all(len(line) <= 80 for line in lines)


def test_of_many_tasks_only_the_involved_ones_have_a_lane() -> None:
    steps = "\n".join(f"T{number} 9 write x <- {number}" for number in range(1, 7))
    lines = render_story(trace(steps), Focus(("x",), (), (2, 5)))
    assert lines[0].split() == ["step", "T2", "T5", "x"]


def test_the_lock_is_part_of_the_story() -> None:
    steps = "T1 9 acquire self._lock\nT1 9 release self._lock\nT2 9 acquire self._lock"
    lines = render_story(trace(steps), Focus(locks=("self._lock",)))
    assert [line.split(None, 2)[2] for line in lines[2:]] == ["acquire _lock", "release _lock", "acquire _lock"]


def test_nothing_shared_is_no_story() -> None:
    assert render_story(trace("T1 9 read x -> 0"), Focus()) == []


def test_a_replay_shows_every_step() -> None:
    assert len(render_all(trace(LOST), FOCUS)) == 2 + 7 + 1


def test_who_waits_for_whom() -> None:
    tasks = (Task(0, "main"), Task(1, "T1", "transfer(a, b)"), Task(2, "T2", "transfer(b, a)"))
    line = Place("bank.py", 12, "with target.lock:")
    waits = (
        Wait(0, "the end of a thread", None, 1),
        Wait(1, "target.lock", line, 2, Place("bank.py", 11)),
        Wait(2, "target.lock", line, 2, Place("bank.py", 11)),
        Wait(3, "a wake-up on self._ready", Place("bank.py", 20, "self._ready.wait()")),
    )
    assert render_waits(tasks, waits) == [
        "     main waits for the end of T1",
        "     T1 transfer(a, b) waits at line 12 for target.lock, held by T2 since line",
        "         11",
        "     T2 transfer(b, a) waits at line 12 for target.lock, which it holds itself",
        "         since line 11",
        "     T3 waits at line 20 for a wake-up on self._ready",
    ]
