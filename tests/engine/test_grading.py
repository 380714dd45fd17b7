import pytest

from dojo.conduct import Conduct
from dojo.model import (
    VERDICT_NAMES,
    Explored,
    LeftAlive,
    NotPassed,
    Outcome,
    Passed,
    Place,
    ProcessStack,
    Raised,
    Returned,
    Spinning,
    Stuck,
    Task,
    Wait,
)
from dojo.report.card import CheckCard
from dojo.sandbox.jobs import Answered, Died, Disrupted, Ended, Exceeded, Stalled
from dojo.supervision import RUNS
from tests.engine.fake_runner import (
    LOST_UPDATE,
    SIX,
    FakeRunner,
    answered,
    conduct_with,
    explored,
    graded,
    returned,
    traced,
    two_deposits,
)

LEARNERS = Place("account.py", 12, "with self._lock:")


def expect_70(conduct: Conduct) -> None:
    for outcome in conduct.explore(two_deposits, 20, 50):
        assert outcome.value == 70, f"one vanished: balance is {outcome.value}, expected 70"


def expect_nothing(conduct: Conduct) -> None:
    for _ in conduct.supervise(two_deposits):
        pass


def told(card: CheckCard) -> tuple[str, str, str]:
    verdict = card.check.verdict
    assert isinstance(verdict, NotPassed)
    return VERDICT_NAMES[type(verdict)], verdict.diagnosis.code, verdict.diagnosis.sentence


# --------------------------------------------------------------------------------------------- exploring


def test_a_check_that_holds_in_every_outcome_passes_and_says_how_far() -> None:
    card = graded(expect_70, explore=explored(returned(70, 6)))
    assert card.check.verdict == Passed((SIX,), (returned(70, 6),))


def test_a_wrong_outcome_is_diagnosed_from_its_trace() -> None:
    outcomes = (returned(70, 4), returned(20, 1, preemptions=1))
    card = graded(expect_70, explore=explored(*outcomes), trace=traced(Returned(20)))
    assert told(card) == ("failed", "RACE-LOST-UPDATE", "one vanished: balance is 20, expected 70")
    assert card.replay == "no_deposit_is_lost:1221"
    assert card.story[-1].strip() == "`-- computed from step 1: the write of step 3 is lost"
    assert card.failure is not None
    assert card.failure.evidence.trace == LOST_UPDATE
    assert card.failure.evidence.outcomes == outcomes
    assert card.failure.evidence.explored == SIX


def test_the_simplest_wrong_outcome_is_the_one_that_is_shown() -> None:
    conduct = conduct_with(explore=explored(returned(20, preemptions=2), returned(50, preemptions=1)))
    assert [outcome.value for outcome in conduct.explore(two_deposits)] == [50, 20]


def test_an_assertion_about_all_outcomes_shows_no_single_one() -> None:
    def expect_both(conduct: Conduct) -> None:
        values = {outcome.value for outcome in conduct.explore(two_deposits)}
        assert values == {1, 2}, "OVER-SYNCHRONISED: they never overlap"

    card = graded(expect_both, explore=explored(returned(1), returned(3)))
    assert told(card) == ("failed", "OVER-SYNCHRONISED", "they never overlap")
    assert card.replay == ""


def test_the_second_exploration_of_a_check_is_named_in_the_replay() -> None:
    def twice(conduct: Conduct) -> None:
        list(conduct.explore(two_deposits))
        expect_70(conduct)

    card = graded(twice, explore=explored(returned(20)), trace=traced(Returned(20)))
    assert card.replay == "no_deposit_is_lost/2:1221"


ENDINGS = {
    "deadlocked": (Stuck((Wait(1, "self._lock", LEARNERS, 1),)), "LOCK-SELF"),
    "livelocked": (Spinning(20_000, (LEARNERS,)), "BUSY-WAIT"),
    "leaked": (LeftAlive((Task(1, "T1"),), (LEARNERS,)), "THREAD-LEAK"),
}


@pytest.mark.parametrize("verdict", ENDINGS)
def test_a_bad_ending_fails_the_check_by_itself(verdict: str) -> None:
    ending, code = ENDINGS[verdict]
    card = graded(expect_70, explore=explored(Outcome(ending, 1, "12", 0)), trace=traced(ending))
    assert told(card)[:2] == (verdict, code)


def test_an_exception_of_the_scenario_fails_the_check() -> None:
    ending = Raised("KeyError", "'ada'", LEARNERS, 2)
    card = graded(expect_70, explore=explored(Outcome(ending, 1, "12", 0)), trace=traced(ending))
    assert told(card) == ("failed", "RACE-LOST-UPDATE", "T2 deposit(50) raised KeyError: 'ada'")


def test_a_bad_ending_is_found_although_the_author_stopped_looking() -> None:
    def look_once(conduct: Conduct) -> None:
        for _ in conduct.explore(two_deposits):
            break

    ending = Spinning(20_000, (LEARNERS,))
    outcomes = (returned(70), Outcome(ending, 1, "12", 1))
    assert told(graded(look_once, explore=explored(*outcomes), trace=traced(ending)))[0] == "livelocked"


def test_the_author_may_name_what_a_deadlock_means() -> None:
    def expectation(conduct: Conduct) -> None:
        list(conduct.explore(two_deposits, stuck="NOT-CONCURRENT: the jobs never meet"))

    ending = Stuck((Wait(1, "left", LEARNERS, 2), Wait(2, "right", LEARNERS, 1)))
    card = graded(expectation, explore=explored(Outcome(ending, 1, "12", 0)), trace=traced(ending))
    assert told(card) == ("deadlocked", "NOT-CONCURRENT", "the jobs never meet")


@pytest.mark.parametrize(
    "ending",
    [
        Raised("NotImplementedError", "", LEARNERS),
        Returned([{"raised": "NotImplementedError", "message": ""}]),
    ],
)
def test_what_is_not_written_yet_is_no_failure(ending: Raised | Returned) -> None:
    card = graded(expect_70, explore=explored(Outcome(ending, 1, "12", 0)), trace=traced(ending))
    assert told(card)[:2] == ("not-attempted", "STUB")


def test_a_name_that_the_grader_lacks_is_the_authors_mistake() -> None:
    ending = Raised("NameError", "name 'togehter' is not defined", Place("test_account.py", 7, "togehter()"))
    card = graded(expect_70, explore=explored(Outcome(ending, 1, "12", 0)), trace=traced(ending))
    assert (told(card)[:2], card.error) == (("fault", "FAULT"), "KataError (grader-bug)")
    assert told(card)[2].endswith("test_account.py:7: the scenario raised NameError: name 'togehter' is not defined")


def test_an_ending_that_does_not_come_again_is_a_fault() -> None:
    card = graded(expect_70, explore=explored(returned(20)), trace=traced(Returned(70), same=False))
    assert (told(card)[:2], card.error) == (("fault", "FAULT"), "InternalError (not-deterministic)")


# ----------------------------------------------------------------------------------------- the processes


def test_every_plan_is_a_run() -> None:
    def expectation(conduct: Conduct) -> None:
        for outcome in conduct.supervise(two_deposits, plans=("first", "last")):
            assert outcome.value == 7, "not seven"

    assert graded(expectation, supervise=answered(7)).check.verdict == Passed(plans=2)


STACK = ProcessStack(0, "the scenario", ((Place("connection.py", 300), "recv"), (LEARNERS, "deposit")))
CHILDREN = {
    "left": (answered(7, alive=("a worker",)), "leaked", "CHILD-LEAK"),
    "zombie": (answered(7, zombies=2), "leaked", "ZOMBIE"),
    "hung": (Stalled((STACK,), True, "", ""), "hung", "CONTRACT"),
    "spinning": (Stalled((STACK,), False, "", ""), "hung", "CONTRACT"),
    "died": (Died(-11, "was ended by SIGSEGV", "", "boom"), "crashed", "CONTRACT"),
    "too large": (Exceeded("memory", 1 << 30, "", ""), "crashed", "CONTRACT"),
    "too slow": (Exceeded("processor time", 60, "", ""), "crashed", "CONTRACT"),
    "too long": (Exceeded("wall clock", 300, "", "", (STACK,)), "hung", "CONTRACT"),
    "parricide": (Disrupted("", ""), "crashed", "CONTRACT"),
    "rejected": (
        Answered({"rejected": {"sentence": "no Account", "place": None}}, "", "", None),
        "rejected",
        "CONTRACT",
    ),
    "rejected as uncontrolled": (
        Answered({"rejected": {"sentence": "a fork", "place": None, "code": "UNCONTROLLED"}}, "", "", None),
        "rejected",
        "UNCONTROLLED",
    ),
    "rejected with a code of its own": (
        Answered({"rejected": {"sentence": "no Account", "place": None, "code": "PASSED"}}, "", "", None),
        "rejected",
        "CONTRACT",
    ),
    "raised": (
        Answered({"raised": {"type": "OSError", "message": "no", "frames": []}}, "", "", None),
        "failed",
        "CONTRACT",
    ),
}


@pytest.mark.parametrize("name", CHILDREN)
def test_every_way_to_end_has_its_verdict(name: str) -> None:
    ended, verdict, code = CHILDREN[name]
    assert told(graded(expect_nothing, supervise=ended))[:2] == (verdict, code)


SEVERED = Stalled((STACK,), True, "", "", severed=True)


def test_a_run_whose_connections_the_kernel_lost_is_made_again() -> None:
    card = graded(expect_nothing, supervise=[SEVERED, SEVERED, answered(7)])
    assert card.check.verdict == Passed(plans=1)
    assert told(graded(expect_nothing, supervise=[SEVERED, CHILDREN["died"][0]]))[:2] == ("crashed", "CONTRACT")


def test_a_submission_that_loses_its_connections_every_time_hangs() -> None:
    assert told(graded(expect_nothing, supervise=[SEVERED] * RUNS))[:2] == ("hung", "CONTRACT")


def test_an_exception_of_a_process_is_told_with_the_learners_last_line() -> None:
    frames = [
        {"path": "account.py", "line": 3, "text": "self.first()"},
        {"path": "account.py", "line": 12, "text": "with self._lock:"},
        {"path": "connection.py", "line": 300, "text": "read()"},
    ]
    raised = Answered({"raised": {"type": "OSError", "message": "no", "frames": frames}}, "", "", None)  # type: ignore[arg-type]
    card = graded(expect_nothing, supervise=raised)
    assert told(card) == ("failed", "CONTRACT", "the scenario raised OSError: no")
    assert card.failure is not None and card.failure.evidence.place == LEARNERS


def test_processes_that_are_not_written_yet_are_no_failure() -> None:
    frames = [{"path": "account.py", "line": 12, "text": "raise NotImplementedError"}]
    raised = Answered({"raised": {"type": "NotImplementedError", "message": "", "frames": frames}}, "", "", None)  # type: ignore[arg-type]
    assert told(graded(expect_nothing, supervise=raised))[:2] == ("not-attempted", "STUB")


def test_an_observation_of_what_is_not_written_yet_is_no_failure() -> None:
    def expectation(conduct: Conduct) -> None:
        for outcome in conduct.supervise(two_deposits):
            assert outcome.value == 7, "not seven"

    told_so = answered([{"raised": "NotImplementedError", "message": ""}])
    assert told(graded(expectation, supervise=told_so))[:2] == ("not-attempted", "STUB")


def test_the_author_may_name_what_a_death_means() -> None:
    def expectation(conduct: Conduct) -> None:
        list(conduct.supervise(two_deposits, died="WORKER-DIED: it was killed and nobody noticed"))

    card = graded(expectation, supervise=CHILDREN["died"][0])
    assert told(card) == ("crashed", "WORKER-DIED", "it was killed and nobody noticed")
    assert card.failure is not None and card.failure.evidence.output == "boom"
    raised = CHILDREN["raised"][0]
    assert told(graded(expectation, supervise=raised)) == ("failed", "WORKER-DIED", "it was killed and nobody noticed")


def test_an_assertion_about_processes_after_the_loop_is_about_all_of_them() -> None:
    def expectation(conduct: Conduct) -> None:
        found = [outcome.value for outcome in conduct.supervise(two_deposits, plans=("first", "last"))]
        assert sum(found) == 7, "CHILD-LEAK: seven and seven are fourteen"

    assert told(graded(expectation, supervise=answered(7))) == ("failed", "CHILD-LEAK", "seven and seven are fourteen")


def test_a_hang_shows_the_learners_line_and_the_stacks() -> None:
    card = graded(expect_nothing, supervise=CHILDREN["hung"][0])
    assert card.failure is not None
    assert told(card)[2] == "the call does not come back: nothing moves any more"
    assert (card.failure.evidence.place, card.failure.evidence.stacks) == (LEARNERS, (STACK,))


def test_the_author_may_name_what_a_hang_means() -> None:
    def expectation(conduct: Conduct) -> None:
        list(conduct.supervise(two_deposits, hung="WORKER-DIED: nobody reads", left="ZOMBIE: never reaped"))

    assert told(graded(expectation, supervise=CHILDREN["hung"][0])) == ("hung", "WORKER-DIED", "nobody reads")
    assert told(graded(expectation, supervise=CHILDREN["left"][0])) == ("leaked", "ZOMBIE", "never reaped")


@pytest.mark.parametrize("code, processes", [("PIPE-NO-EOF", 1), ("PIPE-FULL", 2)])
def test_what_is_said_of_pipes_needs_the_processes_that_it_speaks_of(code: str, processes: int) -> None:
    def expectation(conduct: Conduct) -> None:
        list(conduct.supervise(two_deposits, hung=f"{code}: so it is"))

    for number in (1, 2):
        stalled = Stalled((STACK,) * number, True, "", "")
        expected = code if number == processes else "CONTRACT"
        assert told(graded(expectation, supervise=stalled))[:2] == ("hung", expected)


def test_a_submission_that_does_not_import_is_tried_once() -> None:
    place: dict[str, object] = {"path": "account.py", "line": 3, "text": "def"}
    rejected = Answered({"rejected": {"sentence": "line 3 is no Python", "place": place}}, "", "", None)
    conduct = conduct_with(names=rejected)
    runner = conduct.bench.runner
    assert isinstance(runner, FakeRunner)
    for _ in range(3):
        with pytest.raises(Exception, match="line 3 is no Python"):
            conduct.explore(two_deposits)
    assert [job.kind for job in runner.jobs] == ["names"]


# ---------------------------------------------------------------------------------- the author's mistakes


def _explores_nothing(conduct: Conduct) -> None:
    pass


def _looks_at_nothing(conduct: Conduct) -> None:
    conduct.explore(two_deposits)


def _has_a_bug(conduct: Conduct) -> None:
    for outcome in conduct.explore(two_deposits):
        assert outcome.vallue == 70  # type: ignore[attr-defined]


def _names_no_code(conduct: Conduct) -> None:
    for _ in conduct.explore(two_deposits):
        raise AssertionError("LOST-UPDATE: one vanished")


def _gives_a_lambda(conduct: Conduct) -> None:
    conduct.explore(lambda kata: None)


def _gives_a_tuple(conduct: Conduct) -> None:
    conduct.explore(two_deposits, (1, 2))  # type: ignore[arg-type]


def _asks_for_no_plan(conduct: Conduct) -> None:
    conduct.supervise(two_deposits, plans=("middle",))  # type: ignore[arg-type]


def _asserts_before(conduct: Conduct) -> None:
    raise AssertionError("nothing was tried")


MISTAKES = {
    _explores_nothing: "no-evidence",
    _looks_at_nothing: "not-looked-at",
    _has_a_bug: "grader-bug",
    _names_no_code: "unknown-code",
    _gives_a_lambda: "no-scenario",
    _gives_a_tuple: "bad-argument",
    _asks_for_no_plan: "bad-plan",
    _asserts_before: "no-evidence",
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_an_authors_mistake_is_never_the_learners(mistake: object) -> None:
    card = graded(mistake, explore=explored(returned(70)))  # type: ignore[arg-type]
    assert told(card)[:2] == ("fault", "FAULT")
    assert card.error == f"KataError ({MISTAKES[mistake]})"  # type: ignore[index]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"kata_error": "the scenario is not there"}, "KataError (grader-bug)"),
        ({"internal_error": "boom"}, "InternalError (child)"),
        ({"ok": {"outcomes": 3}}, "InternalError (child)"),
        ({"ok": None}, "InternalError (child)"),
        ({"nonsense": 3}, "InternalError (child)"),
    ],
)
def test_an_answer_that_is_none_is_a_fault(answer: dict[str, object], error: str) -> None:
    ended: Ended = Answered(answer, "", "", None)  # type: ignore[arg-type]
    assert graded(expect_70, explore=ended).error == error


def test_an_exploration_without_an_outcome_is_no_pass() -> None:
    assert graded(expect_70, explore=explored(how_far=Explored(0, exhausted=True))).is_fault
