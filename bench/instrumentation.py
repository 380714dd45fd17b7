"""Print what hooks cost outside executions: time of instrumented code over time of the same code as it is.

    python bench/instrumentation.py

Both are timed in turns, in one run, and the best of many turns counts: the ratio survives a busy machine.
"""

from __future__ import annotations

import builtins
import statistics
import time
from collections.abc import Callable

from dojo.explore.hooks import SITES, hook_table
from dojo.explore.instrument import instrument

TURNS = 15
SNIPPETS = {
    "attribute += 1": """
class Counter:
    def __init__(self): self.value = 0
    def add(self): self.value += 1
def run(counter=Counter()):
    for _ in range(1000): counter.add()
""",
    "account with a check": """
class Account:
    def __init__(self): self.balance = 0
    def deposit(self, amount):
        if amount <= 0: raise ValueError(amount)
        self.balance = self.balance + amount
    def withdraw(self, amount):
        if amount > self.balance: raise ValueError(amount)
        self.balance -= amount
def run(account=Account()):
    for amount in range(1, 500): account.deposit(amount); account.withdraw(amount)
""",
    "bounded buffer": """
class Buffer:
    def __init__(self): self.items, self.size = [], 10
    def put(self, item):
        while len(self.items) >= self.size: self.items.pop()
        self.items.append(item)
    def get(self): return self.items.pop(0) if self.items else None
def run(buffer=Buffer()):
    for item in range(500): buffer.put(item); buffer.get()
""",
    "counting words": """
words = "the quick brown fox jumps over the lazy dog".split() * 50
def run():
    counts = {}
    for word in words:
        if word not in counts: counts[word] = 0
        counts[word] += 1
    return sorted(counts.items())
""",
    "arithmetic on locals": """
def run():
    a, b = 0, 1
    for _ in range(1000): a, b = b, (a + b) % 1000003
    return a
""",
    "recursive fibonacci": """
def fib(n): return n if n < 2 else fib(n - 1) + fib(n - 2)
def run(): return fib(14)
""",
    "sieve": """
def run():
    marks = [True] * 1000
    for n in range(2, 32):
        if marks[n]:
            for m in range(n * n, 1000, n): marks[m] = False
    return sum(marks)
""",
    "comprehensions": """
rows = [[x * y for x in range(20)] for y in range(20)]
def run(): return sum(value for row in rows for value in row if value % 2), [max(row) for row in rows]
""",
    "matrix product": """
a = [[i * j for j in range(10)] for i in range(10)]
def run():
    result = [[0] * 10 for _ in range(10)]
    for i in range(10):
        for j in range(10):
            for k in range(10): result[i][j] += a[i][k] * a[k][j]
    return result
""",
    "vectors of objects": """
class Point:
    __slots__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
    def plus(self, other): return Point(self.x + other.x, self.y + other.y)
points = [Point(i, -i) for i in range(200)]
def run():
    total = Point(0, 0)
    for point in points: total = total.plus(point)
    return total.x == total.y
""",
    "text": """
class Row:
    def __init__(self, n): self.name, self.number = f"row {n}", n
rows = [Row(n) for n in range(200)]
def run(): return ", ".join(f"{row.name}: {row.number:>5}" for row in rows if row.name != "row 3")
""",
    "global counter": """
total = 0
def add(n):
    global total
    total += n
def run():
    for n in range(1000): add(n)
""",
}


def prepared(source: str, *, instrumented: bool) -> Callable[[], object]:
    if not instrumented:
        space: dict[str, object] = {"__builtins__": dict(vars(builtins))}
        exec(compile(source, "<plain>", "exec"), space)
    else:
        space = {"__builtins__": {**vars(builtins), **hook_table()}}
        exec(compile(instrument(source, "<instrumented>", SITES), "<instrumented>", "exec"), space)
    run = space["run"]
    assert callable(run)
    return run


def timed(run: Callable[[], object]) -> float:
    begin = time.perf_counter()
    run()
    return time.perf_counter() - begin


def ratio(source: str) -> float:
    plain, hooked = prepared(source, instrumented=False), prepared(source, instrumented=True)
    for _ in range(3):
        plain(), hooked()
    pairs = [(timed(plain), timed(hooked)) for _ in range(TURNS)]
    return min(slow for _, slow in pairs) / min(fast for fast, _ in pairs)


def main() -> None:
    ratios = {name: ratio(source) for name, source in SNIPPETS.items()}
    for name, value in ratios.items():
        print(f"{name:24} {value:5.1f} times")
    print(f"{'median':24} {statistics.median(ratios.values()):5.1f} times")
    print(f"{'worst':24} {max(ratios.values()):5.1f} times")


if __name__ == "__main__":
    main()
