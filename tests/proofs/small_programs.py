"""Small programs for the proof of completeness: how they are generated, and how searches of them are compared.

A program is text. Each task is a few statements drawn from themes; what a task saw is what it returns. `together` runs
the tasks, and locals are no steps, so that brute force stays small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from hypothesis import strategies as st

from dojo.explore.execution import Execution
from dojo.explore.explorer import Explorer
from dojo.explore.rules import Rules
from dojo.explore.sources import Sources
from dojo.explore.stdlib import Library
from dojo.explore.strategies.dfs import Dfs
from dojo.explore.strategies.dpor import Dpor
from dojo.explore.strategy import Redundant, Strategy
from dojo.explore.tally import Finding
from dojo.explore.task import Task
from dojo.explore.world import World, load_program

BOUNDS = (None, 0, 1, 2)
PATH = "/program.py"
MANY = 10**9
LIBRARY = Library()

# {v} and {w} are variables, {n} a small number, {k} a key, {l} a lock, {t} the number of the task, {body} statements.
THEMES: dict[str, tuple[str, ...]] = {
    "values": (
        "{v} = {n}",
        "{v} += 1",
        "saw += ({v},)",
        "{v} = {w}",
        "if {v}:\n{body}",
        "if {v} == {n}:\n{body}\nelse:\n    {w} = {n}",
    ),
    "names": (
        "total += 1",
        "saw += (total,)",
        "cell += 1",
        "cell = {n}",
        "saw += (cell,)",
        "Shared.z += 1",
        "saw += (s.z,)",
        "if cell:\n{body}",
    ),
    "list": (
        "items.append({t})",
        "saw += (len(items),)",
        "saw += tuple(items)",
        "for item in items:\n    saw += (item,)",
        "if items:\n    saw += (items.pop(),)",
        "items += [{t}]",
        "items[0] = {n}",
        "saw += (items[-1],)",
        "saw += tuple(items[:1])",
        "saw += tuple(item for item in items)",
        "saw += tuple([item + 1 for item in items])",
        "for at, item in enumerate(items):\n    saw += (at, item)",
        "for item in reversed(items):\n    saw += (item,)",
        "saw += (sum(items), max(items, default=0), {n} in items)",
        "if items:\n    del items[0]",
        "items.sort()",
        "items.clear()",
        "for _ in range(2):\n{body}",
    ),
    "dict": (
        "d[{k}] = {t}",
        "saw += (d.get({k}),)",
        "saw += ({k} in d,)",
        "saw += (d.setdefault({k}, {t}),)",
        "d.pop({k}, None)",
        "saw += tuple(d)",
        "for key in d:\n    saw += (key,)",
        "if {k} not in d:\n    d[{k}] = {t}",
        "d[{k}] += 1",
        "saw += (len(d),)",
        "saw += tuple(d.values())",
        "for key, value in d.items():\n    saw += (key, value)",
        "d.update([({k}, {t})])",
        "if {k} in d:\n    del d[{k}]",
    ),
    "sets and deques": (
        "members.add({k})",
        "members.discard({k})",
        "saw += ({k} in members,)",
        "for member in members:\n    saw += (member,)",
        "if members:\n    saw += (members.pop(),)",
        "deque.append({t})",
        "deque.appendleft({t})",
        "saw += (deque.popleft() if deque else None,)",
        "for item in deque:\n    saw += (item,)",
    ),
    "lock": (
        "with {l}:\n{body}",
        "with {l}:\n{body}",
        "{l}.acquire()",
        "{l}.release()",
        "saw += ({l}.locked(),)",
        "if {l}.acquire(blocking=False):\n{body}\n    {l}.release()\nelse:\n    saw += ('busy',)",
        "if {l}.acquire(timeout={n}):\n{body}\n    {l}.release()\nelse:\n    saw += ('late',)",
    ),
    "rlock": (
        "with r:\n{body}",
        "with r:\n    with r:\n        {v} += 1",
        "saw += (r.acquire(blocking=False),)",
        "saw += (r.acquire(timeout={n}),)",
    ),
    "semaphore": (
        "with sem:\n{body}",
        "sem.acquire()",
        "sem.release()",
        "saw += (sem.acquire(blocking=False),)",
        "saw += (sem.acquire(timeout={n}),)",
    ),
    "condition": (
        "with c:\n    {v} = 1\n    c.notify()",
        "with c:\n    {v} = 1\n    c.notify_all()",
        "with c:\n    c.notify()",
        "with c:\n    while not {v}:\n        c.wait()",
        "with c:\n    if not {v}:\n        c.wait()\n    saw += ({v},)",
        "with c:\n    saw += (c.wait({n}),)",
        "with c:\n    saw += (c.wait_for(lambda: {v}, {n}),)",
        "with c:\n{body}",
    ),
    "event": (
        "e.set()",
        "e.set()",
        "e.clear()",
        "e.wait()",
        "saw += (e.is_set(),)",
        "saw += (e.wait({n}),)",
        "if e.is_set():\n{body}",
    ),
    "queue": (
        "q.put({t})",
        "q.put({t})",
        "saw += (q.get(),)",
        "try:\n    saw += (q.get(timeout={n}),)\nexcept queue.Empty:\n    saw += ('empty',)",
        "try:\n    saw += (q.get_nowait(),)\nexcept queue.Empty:\n    saw += ('empty',)",
        "saw += (q.qsize(),)",
        "q.get()\nq.task_done()",
        "q.join()",
        "narrow.put({t})",
        "saw += (narrow.get(),)",
        "try:\n    narrow.put({t}, timeout={n})\nexcept queue.Full:\n    saw += ('full',)",
    ),
    "simple queue": (
        "sq.put({t})",
        "sq.put({t})",
        "saw += (sq.get(),)",
        "try:\n    saw += (sq.get(timeout={n}),)\nexcept queue.Empty:\n    saw += ('empty',)",
        "try:\n    saw += (sq.get_nowait(),)\nexcept queue.Empty:\n    saw += ('empty',)",
        "saw += (sq.empty(),)",
    ),
    "barrier": (
        "saw += (barrier.wait(),)",
        "try:\n    barrier.wait({n})\nexcept threading.BrokenBarrierError:\n    saw += ('broken',)",
        "barrier.abort()",
        "saw += (barrier.broken,)",
    ),
    "time": (
        "time.sleep({n})",
        "time.sleep({n})",
        "time.sleep(0)",
        "saw += (time.monotonic() - 1000,)",
        "if time.monotonic() > 1000:\n{body}",
    ),
    "spin": (
        "while not {v}:\n    pass",
        "while not {v}:\n    time.sleep({n})",
        "while {v} == {w}:\n    pass",
        "while True:\n    if {v}:\n        break",
        "end = time.monotonic() + {n}\nwhile not {v} and time.monotonic() < end:\n    pass",
        "end = time.monotonic() + {n}\nwhile not {v} and time.monotonic() < end:\n    time.sleep(1)",
    ),
    "spin on objects": (
        "while not {l}.acquire(blocking=False):\n    pass\n{body0}\n{l}.release()",
        "while {l}.locked():\n    pass",
        "while not items:\n    pass",
        "while {k} not in d:\n    pass",
        "while not e.is_set():\n    pass",
        "while not e.wait({n}):\n    pass",
        "while sq.empty():\n    pass",
        "while not q.qsize():\n    time.sleep(1)",
        "items.append({t})",
        "d[{k}] = {t}",
        "e.set()",
        "sq.put({t})",
        "q.put({t})",
        "with {l}:\n{body}",
    ),
    "threads": (
        "helper = threading.Thread(target=help)\nhelper.start()\n{body0}\nhelper.join()",
        "helper = threading.Thread(target=help)\nhelper.start()\nhelper.join({n})\nsaw += (helper.is_alive(), s.x)",
        "helper = threading.Thread(target=help)\nhelper.start()\nsaw += (helper.is_alive(),)",
    ),
}

# The first of each is the more likely one, so that tasks meet.
CHOICES = (
    ("v", ("s.x", "s.x", "s.y")),
    ("w", ("s.x", "s.y")),
    ("n", ("1", "2")),
    ("k", ("1", "1", "2")),
    ("l", ("l", "l", "m")),
)
DECLARED = {
    "items": "items = []",
    "d": "d = {}",
    "members": "members = set()",
    "deque": "deque = collections.deque()",
    "l": "l = threading.Lock()",
    "m": "m = threading.Lock()",
    "r": "r = threading.RLock()",
    "sem": "sem = threading.Semaphore(1)",
    "c": "c = threading.Condition()",
    "e": "e = threading.Event()",
    "q": "q = queue.Queue()",
    "narrow": "narrow = queue.Queue(1)",
    "sq": "sq = queue.SimpleQueue()",
    "barrier": "barrier = threading.Barrier(2)",
    "cell": "cell = 0",
    "help": "def help():\n    s.x += 1",
}
OBSERVED = {
    "items": "items",
    "d": "sorted(d.items())",
    "members": "sorted(members)",
    "deque": "list(deque)",
    "total": "total",
    "cell": "cell",
    "z": "s.z",
}
HEAD = """\
import collections, queue, threading, time
from dojo import together

total = 0

class Shared:
    z = 0

def scenario():
    s = Shared()
    s.x = s.y = 0
"""


def indented(text: str, by: int = 4) -> str:
    return "\n".join(" " * by + line for line in text.splitlines())


@st.composite
def statements(draw: st.DrawFn, templates: Sequence[str], most: int, depth: int) -> str:
    return "\n".join(draw(st.lists(statement(templates, depth), min_size=1, max_size=most)))


@st.composite
def statement(draw: st.DrawFn, templates: Sequence[str], depth: int) -> str:
    usable = [text for text in templates if depth or "{body" not in text]
    text = draw(st.sampled_from(usable or ["{v} += 1"]))
    for name, choices in CHOICES:
        if f"{{{name}}}" in text:
            text = text.replace(f"{{{name}}}", draw(st.sampled_from(choices)))
    if "{body" in text:
        body = draw(statements(templates, 2 if depth > 1 else 1, depth - 1))
        text = text.replace("{body0}", body).replace("{body}", indented(body))
    return text


@st.composite
def programs(draw: st.DrawFn, most: int = 3, among: Sequence[str] = ()) -> str:
    """Draw a program: 2 tasks of up to `most` statements, or 3 shorter ones, and at times the first task too."""
    theme = st.sampled_from(among or sorted(set(THEMES) - {"values"}))
    themes = draw(st.lists(theme, min_size=bool(among), max_size=2, unique=True))
    templates = [*THEMES["values"], *(text for theme in themes for text in THEMES[theme] * 2)]
    sizes = draw(st.sampled_from([(most, most), (most - 1, most - 1), (most, 1), (max(1, most - 2),) * 3]))
    bodies = [draw(statements(templates, size, 2)) for size in sizes]
    shape = draw(st.sampled_from(["together", "together", "together", "main", "left"]))
    return render(bodies, shape, draw(statement(templates, 0)) if shape == "main" else "")


def render(bodies: Sequence[str], shape: str, between: str) -> str:
    """Return the program whose tasks do `bodies`; `shape` says what the first task does meanwhile."""
    used = set(re.findall(r"\w+", " ".join((*bodies, between))))
    lines = [text for name, text in DECLARED.items() if name in used]
    for number, body in enumerate(bodies):
        lines += [f"def t{number}():", indented(_task(body.replace("{t}", str(number))))]
    names = [f"t{number}" for number in range(len(bodies))]
    if shape == "together":
        lines.append(f"seen = together({', '.join(names)})")
    else:
        lines += ["saw, seen = (), []"]
        lines += [f"thread_{name} = threading.Thread(target=lambda: seen.append({name}()))" for name in names]
        lines += [f"thread_{name}.start()" for name in names]
        lines += between.replace("{t}", "9").splitlines()
        lines += [f"thread_{name}.join()" for name in (names[:-1] if shape == "left" else names)]
        lines.append("seen.append(list(saw))")
    lines.append(f"return [{', '.join(['seen', 's.x', 's.y', *_observed(used)])}]")
    globally = "    global total\n" if "total" in between else ""
    return HEAD.replace("def scenario():\n", f"def scenario():\n{globally}") + indented("\n".join(lines)) + "\n"


def _task(body: str) -> str:
    used = set(re.findall(r"\w+", body))
    scopes = [text for name, text in (("total", "global total"), ("cell", "nonlocal cell")) if name in used]
    if re.search(r"^\s*items \+=", body, re.MULTILINE):
        scopes.append("nonlocal items")
    return "\n".join([*scopes, "saw = ()", body, "return list(saw)"])


def _observed(used: set[str]) -> Iterable[str]:
    return (text for name, text in OBSERVED.items() if name in used)


# --------------------------------------------------------------------------------------------- comparison


@dataclass
class Searched:
    """What a search of a program came to."""

    keys: set[str] = field(default_factory=set)
    executions: int = 0
    finished: bool = False


def explorer_of(text: str) -> Explorer:
    program = load_program("program", PATH, text, by_learner=True)
    world = World(LIBRARY, program, None, "scenario")
    return Explorer(world, Sources(PATH, "", {PATH: text}), [], lambda count: None)


def search(explorer: Explorer, strategy: Strategy, limit: int) -> Searched:
    """Run executions under `strategy`; unlike `Explorer.search`, collect no garbage first."""
    searched = Searched()
    while searched.executions < limit:
        if not strategy.begin():
            searched.finished = True
            break
        finding: Finding = explorer.execute(strategy)
        searched.executions += 1
        if not finding.is_redundant:
            searched.keys.add(finding.key)
    return searched


class Probe:
    """Draws every choice; the product of their numbers estimates how many schedules there are (Knuth, 1975)."""

    def __init__(self) -> None:
        self.random = Random(0)
        self.product = 1

    def begin(self) -> bool:
        self.product = 1
        return True

    def choose(self, execution: Execution) -> Task:
        self.product *= len(execution.runnable)
        if self.product > MANY:
            raise Redundant
        return self.random.choice(execution.runnable)

    def end(self, execution: Execution) -> None:
        pass


def estimate(explorer: Explorer, probes: int = 12) -> float:
    """Return about how many executions brute force takes."""
    probe = Probe()
    total = 0
    for _ in range(probes):
        search(explorer, probe, 1)
        total += probe.product
    return total / probes


@dataclass
class Comparison:
    """Reduction beside brute force, for each bound."""

    executions: dict[int | None, tuple[int, int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def brute_force(self) -> int:
        return self.executions[None][1]


def compare(text: str, limit: int, *, any_wakeup: bool = False) -> Comparison | None:
    """Compare the reduction with brute force; None where brute force needs more than `limit` executions."""
    explorer = explorer_of(text)
    explorer.rules = Rules(any_wakeup=any_wakeup)
    if estimate(explorer) > limit:
        return None
    everything = search(explorer, Dfs(), limit)
    if not everything.finished:
        return None
    comparison = Comparison()
    for bound in BOUNDS:
        exact = everything if bound is None else search(explorer, Dfs(bound), limit)
        reduced = search(explorer, Dpor(bound), 4 * limit)
        comparison.executions[bound] = (reduced.executions, exact.executions)
        name = "without a bound" if bound is None else f"with bound {bound}"
        if not reduced.finished:
            comparison.faults.append(f"{name}: the reduction takes more than {4 * limit} executions")
        elif reduced.keys != exact.keys:
            missing, extra = sorted(exact.keys - reduced.keys), sorted(reduced.keys - exact.keys)
            comparison.faults.append(f"{name}: missed {missing}, made up {extra}")
    return comparison
