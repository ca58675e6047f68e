"""The audit never says more than it has asked."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parent.parent / "scripts"


@pytest.fixture(scope="module", autouse=True)
def scripts() -> None:
    sys.path.insert(0, str(SCRIPTS))
    importlib.import_module("audit.outcome")
    sys.path.remove(str(SCRIPTS))


def test_H9_what_was_not_asked_has_not_passed() -> None:
    from audit.outcome import NotAsked, Outcome, line, verdict

    clean, found = Outcome("12 pages", []), Outcome("12 pages", ["a finding"])
    missing = NotAsked("the database was out of reach")
    assert verdict([clean, clean]) == (0, "audit: 2 steps asked, 0 findings, 0 not asked")
    assert verdict([clean, missing])[0] == 2
    assert verdict([clean, found, missing]) == (
        1,
        "audit: 2 steps asked, 1 findings, 1 not asked",
    )
    assert "NOT ASKED" in line("pip-audit", missing, 1.0)
    assert "0 findings" in line("vnu", clean, 1.0)


def test_every_step_of_the_audit_is_explained() -> None:
    # Read as text: importing the steps would load what only they need.
    source = (SCRIPTS / "audit" / "__main__.py").read_text(encoding="utf-8")
    steps = source.partition("STEPS:")[2].partition("\n}")[0].split('"')[1::2]
    page = (SCRIPTS.parent / "docs" / "audit.md").read_text(encoding="utf-8")
    assert len(steps) == 10
    assert [step for step in steps if f"`{step}`" not in page] == []
