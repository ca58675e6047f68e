"""In CI a skipped test is a failed run: nothing may be left out without anybody noticing."""

from __future__ import annotations

import os
from typing import Any

import pytest

skipped: list[str] = []


def is_strict() -> bool:
    """Whether this is CI."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember what was skipped."""
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    """Remember whole modules that were skipped."""
    if report.skipped:
        skipped.append(report.nodeid)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail the run."""
    if skipped and is_strict() and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say which tests were left out."""
    if skipped and is_strict():
        terminalreporter.section("skipped, which fails the run in CI")
        for name in sorted(set(skipped)):
            terminalreporter.line(name)
