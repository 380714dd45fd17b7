"""Which kata the command line means."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from dojo.catalog import Kata
from dojo.errors import UsageError


def choose_kata(katas: Sequence[Kata], name: str) -> Kata:
    """Return the kata called `name`; where there is none, name the one that was probably meant."""
    # A path works too, as the shell completes it: exercises/threads/race_condition.py.
    slug = name.rstrip("/").rpartition("/")[2].removesuffix(".py").removesuffix(".md").removeprefix("test_")
    by_slug = {kata.slug: kata for kata in katas}
    if slug in by_slug:
        return by_slug[slug]
    near = difflib.get_close_matches(slug, by_slug, n=1, cutoff=0.4)
    hint = f"did you mean {near[0]}?" if near else f"the katas are {', '.join(by_slug)}"
    raise UsageError("unknown-kata", f"no kata {name!r}: {hint}")


def choose_katas(katas: Sequence[Kata], names: Sequence[str]) -> list[Kata]:
    """Return the katas called so, or all of them where none is named."""
    return [choose_kata(katas, name) for name in names] if names else list(katas)
