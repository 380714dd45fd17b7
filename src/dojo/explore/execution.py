"""One schedule, executed: tasks are greenlets, and before every visible operation one of them is chosen to go on.

A switch goes straight from task to task; the root greenlet gets control only when nothing can go on, or when there
are more tasks than ever before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, NoReturn

from greenlet import getcurrent, greenlet

from dojo.explore.carriers import Carriers
from dojo.explore.fairness import FAIR_STEPS, starved, wake_far
from dojo.explore.idents import FIRST_IDENT, Idents
from dojo.explore.lifetimes import Lifetimes
from dojo.explore.operations import BUSY, FINISH, NO_SITE, NOTHING_YET, WRITE, YIELD, Operation
from dojo.explore.preemption import cost_of
from dojo.explore.rules import Rules
from dojo.explore.showing import SHOWN
from dojo.explore.spinning import let_time_pass, rouse
from dojo.explore.strategy import Observer, Redundant, Strategy
from dojo.explore.task import Task

MAX_STEPS = 20_000
MAX_TURNS = 1_000_000
MAX_UNWINDS = 50
FIRST_NUMBER = 1_000_000
"""Of objects that are asked for their hash or identity: no ident of a thread, and no native id, looks like one."""
PARKED: list[Task] = []


class Abandoned(BaseException):
    """Raised in a task whose execution is over, to unwind it; never seen by anybody else."""


class Execution:
    """The machine that runs one execution after another; everything in it is of the current one."""

    def __init__(self) -> None:
        self.choose: Callable[[Execution], Task]
        self.observer: Observer | None = None
        self.autopsy: Callable[[Execution], None] | None = None
        self.active = False
        self.solo = True
        self.current = Task(0, FIRST_IDENT)
        self.carriers = Carriers(self._successor)
        self.number = 0
        """Of this execution, among all of this process."""
        self.rules = Rules()
        self.mortal = False
        """Somebody may notice when an object ends: the log has markers in place of objects."""
        self.lifetimes: Lifetimes | None = None
        self.tasks: list[Task] = []
        self.reset()

    def reset(self) -> None:
        """Let go of the execution before, and of all that it kept alive."""
        self.number += 1
        for task in self.tasks:
            # It may name the task itself, and would keep it until a collection of garbage.
            task.operation = NOTHING_YET
        if self.lifetimes is not None:
            self.lifetimes.end()
            self.lifetimes = None
        self.tasks = []
        self.runnable: list[Task] = []
        self.idle: list[Task] = []
        self.far: list[Task] = []
        """Who sleeps so long that everybody else comes first."""
        self.log: list[tuple[int, Operation]] = []
        self.clock = 0.0
        self.used_clock = False
        self.asked_of_start = False
        """Somebody asked whether a thread had begun that somebody else starts: `Rules.starts` is needed."""
        self.patience = 2.0**-10
        self.loop_turns = 0
        self.abandoning = False
        self.fault: Exception | None = None
        """What went wrong in the strategy: never the learner's, so it must not travel through the learner's code."""
        self.over: str | None = None
        """Why nothing goes on: "stuck", "spinning", "deep", "redundant", "finished"."""
        self.idents = Idents()
        self.numbers = FIRST_NUMBER
        """The last number given to an object that was asked for its hash or identity."""
        self.choices: list[int] = []
        self.preemptions = 0
        # The step at which to look next whether somebody is starved, and how often somebody was chosen for that.
        self.fair_at, self.forced = FAIR_STEPS, 0
        self.picking: tuple[int, ...] | None = None
        """While a number is picked: those that cost nothing."""
        self.unhandled: list[tuple[Task, BaseException]] = []
        self.left_alive: list[Task] = []

    # ------------------------------------------------------------------------------------ running

    def run(self, strategy: Strategy, scenario: Callable[[], object], observer: Observer | None = None) -> Any:
        """Run `scenario` as the first task under `strategy`; return its result, or None where it did not return.

        Afterwards `over`, `unhandled`, `left_alive` and `log` tell how it went. Exceptions of the scenario propagate.
        """
        if self.tasks:
            self.reset()
        self.numbers = FIRST_NUMBER
        self.lifetimes = Lifetimes() if self.mortal else None
        self.choose, self.observer = strategy.choose, observer
        self.root = getcurrent()
        self.carriers.belong_to(self.root)
        if not self.carriers.idle:
            self.carriers.make()
        result: list[Any] = []
        main = self.new_task()
        self.current = main
        self.active, self.solo = True, True
        try:
            self.carry(main, Execution._main, (self, main, scenario, result))
            while self.over is None:
                # Some task starts another one, and there is nothing to carry it.
                self.carriers.make()
                self.current.carrier.switch()
        finally:
            SHOWN.clear()
            if self.autopsy is not None:
                self.autopsy(self)
            self._abandon()
            self.active, self.solo = False, True
        if main.error is not None:
            raise main.error
        return result[0] if result else None

    def _main(self, main: Task, scenario: Callable[[], object], result: list[Any]) -> None:
        try:
            result.append(scenario())
            self.point(FINISH, None, None, NO_SITE)
            self.left_alive = [task for task in self.tasks[1:] if not task.ended]
            self.over = "finished"
        except Abandoned:
            pass
        except BaseException as error:  # noqa: BLE001
            # The scenario ends here, with whatever the learner's code raised through it; while it is being unwound that
            # is an answer to `Abandoned`, and nobody's ending.
            if not self.abandoning and self._others_may_come_first():
                main.error = error
                self.over = "finished"
        main.ended = True

    def _others_may_come_first(self) -> bool:
        """Take the step that ends a scenario which raises; False: something else ended the execution before it."""
        try:
            self.point(FINISH, None, None, NO_SITE)
        except Abandoned:
            return False
        return True

    def carry(self, task: Task, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        """Run `work(*arguments)` as `task` until somebody switches back here."""
        task.carrier = self.carriers.idle.pop()
        task.carrier.switch(work, arguments)

    def _successor(self) -> greenlet:
        """Return where control goes when the current task is over."""
        self.current.carrier = None
        if self.abandoning or (chosen := self._choose()) is None:
            return self.root
        self.current = chosen
        carrier: greenlet = chosen.carrier
        return carrier

    def _abandon(self) -> None:
        """Unwind every task that has not ended, so that nothing of this execution stays behind."""
        self.abandoning = True
        # An object that ends meanwhile takes no step, and what it raises instead is nobody's business.
        hook, sys.unraisablehook = sys.unraisablehook, _ignore
        try:
            for task in self.tasks:
                if task.carrier is not None:
                    self.current = task
                    task.carrier.throw(Abandoned)
        finally:
            sys.unraisablehook = hook
            self.abandoning = False

    def unwind(self) -> NoReturn:
        """Leave a task whose execution is over."""
        task = self.current
        task.unwinds += 1
        if task.unwinds > MAX_UNWINDS:
            # It catches everything and goes on: leave it parked, and keep it, for its destructor would wake it again.
            PARKED.append(task)
            self.root.switch()
        raise Abandoned

    # ---------------------------------------------------------------------------------- the choice

    def point(self, mode: int, target: Any, member: Any, site: int) -> None:
        """Announce an operation that never blocks and return when it is this task's turn to do it."""
        if self.solo:
            return
        if self.abandoning:
            self.unwind()
        task = self.current
        named = target
        if self.lifetimes is not None:
            self.lifetimes.sweep()
            if mode <= WRITE:
                named = self.lifetimes.marker_of(target)
        operation = (mode, named, member, site)
        task.operation = operation
        if len(self.runnable) > 1:
            self._decide(task)
        self.log.append((task.number, operation))
        if self.observer is not None:
            self.observer.took(self, task, (mode, target, member, site))
        if mode == WRITE:
            task.progress += 1
            if self.idle:
                rouse(self, named, member)
        if len(self.log) > MAX_STEPS:
            self.finish("spinning")

    def _decide(self, task: Task) -> None:
        """Let the strategy choose; return when `task` is chosen."""
        chosen = self._choose()
        if chosen is not task:
            if chosen is not None:
                self.current = chosen
            following = self.root if chosen is None else chosen.carrier
            if SHOWN:
                shown = SHOWN[:]
                SHOWN.clear()
                following.switch()
                SHOWN[:] = shown
            else:
                following.switch()
            if self.abandoning:
                self.unwind()

    def _choose(self) -> Task | None:
        """Return who goes on; None: nobody, and `over` tells why."""
        if self.over is not None:
            return None
        runnable, current = self.runnable, self.current
        if not runnable and not wake_far(self) and not let_time_pass(self):
            self.over = "spinning" if self.idle else "stuck"
            return None
        if len(runnable) == 1:
            chosen = runnable[0]
        elif len(self.log) >= self.fair_at and (neglected := starved(self)) is not None:
            chosen = neglected
            self.forced += 1
            self.preemptions += cost_of(self, chosen)
        else:
            try:
                chosen = self.choose(self)
            except Redundant:
                self.over = "redundant"
                return None
            except RecursionError:
                # The task has no room left on its stack: its own next call would have found that out.
                self.over = "deep"
                return None
            except Exception as error:  # noqa: BLE001
                self.fault, self.over = error, "fault"
                return None
            self.choices.append(chosen.number)
            if chosen is not current or chosen.timed:
                # The same as `cost_of`, which is too dear to be asked every time.
                if not current.timed and current in runnable:
                    self.preemptions += 1
                elif chosen.timed:
                    self.preemptions += cost_of(self, chosen)
        if self.observer is not None:
            self.observer.chosen(self, current, chosen)
        return chosen

    def finish(self, why: str) -> None:
        """End the execution here, for this reason."""
        self.over = why
        self.give_up()

    def give_up(self) -> NoReturn:
        """Leave an execution that is over for good."""
        self.root.switch()
        self.unwind()

    # ------------------------------------------------------------------------- who may be chosen

    def enable(self, task: Task) -> None:
        runnable = self.runnable
        if task in runnable:
            return
        place = len(runnable)
        while place and runnable[place - 1].number > task.number:
            place -= 1
        runnable.insert(place, task)

    def disable(self, task: Task) -> None:
        if task in self.runnable:
            self.runnable.remove(task)

    def block_again(self, waiter: Task) -> None:
        """What `waiter` waits for is not there, or no longer: only its deadline lets it go on."""
        if waiter.deadline is None:
            self.disable(waiter)
        else:
            waiter.timed = True

    def wait_for_turn(self, operation: Operation) -> Task:
        """Announce an operation whose enabledness the caller keeps up to date; return once chosen.

        The caller sweeps before it touches that: steps of an object that ends have to come first.
        """
        if self.abandoning:
            self.unwind()
        task = self.current
        task.operation = operation
        runnable = self.runnable
        if len(runnable) != 1 or runnable[0] is not task:
            if task not in runnable:
                task.blocked_since_turn = True
            self._decide(task)
        self.record(task, operation)
        if len(self.log) > MAX_STEPS:
            self.finish("spinning")
        return task

    def record(self, task: Task, operation: Operation) -> None:
        """Note a step that `task` has taken."""
        self.log.append((task.number, operation))
        if self.observer is not None:
            self.observer.took(self, task, operation)

    def sweep(self) -> None:
        """Let objects end that nobody holds any longer, where somebody may notice."""
        if self.lifetimes is not None:
            self.lifetimes.sweep()

    def turned_out(self, mode: int) -> None:
        """The step just taken changed nothing, unlike what was announced: in the log it is of another mode."""
        if not self.solo:
            number, (_, target, member, site) = self.log[-1]
            self.log[-1] = (number, (mode, target, member, site))
            if mode == BUSY and self.observer is not None:
                self.observer.missed()

    # ------------------------------------------------------------------- what wakes who polls

    def released(self, target: Any) -> None:
        """A lock, queue or task has changed so that whoever polls it may look again."""
        if self.idle:
            rouse(self, target, None)

    def count_turn(self) -> None:
        """Called at the top of every turn of any loop: an endless one must not hang us."""
        self.loop_turns += 1
        if self.abandoning:
            self.unwind()
        if self.loop_turns > MAX_TURNS and self.active:
            self.finish("spinning")

    # -------------------------------------------------------------------------- for the lives of tasks

    def new_task(self) -> Task:
        """Return one more task, which may be chosen from now on."""
        task = Task(len(self.tasks), self.idents.take())
        self.tasks.append(task)
        # Nobody has a higher number.
        self.runnable.append(task)
        return task

    def pause(self) -> None:
        """Take a step without effect: `sleep(0)`."""
        self.point(YIELD, None, None, NO_SITE)


def _ignore(unraisable: object) -> None:
    """Take no notice."""


EXECUTION = Execution()
"""The one machine of this process: primitives and hooks know no other."""
