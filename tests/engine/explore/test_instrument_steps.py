"""What instrumented code announces, case by case; the cases stand in announced.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.explore.announced import steps_of


def cases() -> dict[str, str]:
    lines = Path(__file__).with_name("announced.txt").read_text(encoding="utf-8").splitlines()
    wanted = [line for line in lines if not line.startswith("#")]
    return dict(zip(wanted[::2], (line.removeprefix("    -> ") for line in wanted[1::2]), strict=True))


@pytest.mark.filterwarnings("ignore::SyntaxWarning")
@pytest.mark.parametrize("code, steps", cases().items(), ids=cases())
def test_code_announces_its_steps(code: str, steps: str) -> None:
    assert "; ".join(steps_of(code.replace("\\n", "\n"))) == steps.replace("nothing", "")
