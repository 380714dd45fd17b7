"""Concurrency Dojo: what a grader's scenario is written with.

The engine's modules are imported by their full names; only the vocabulary of scenarios stands here.
"""

from dojo.scenario import Slow, attempt, together

__all__ = ["Slow", "attempt", "together"]
