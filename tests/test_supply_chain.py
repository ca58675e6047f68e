"""What we are built on is pinned by hash, listed with its licence, and looked at (H9, ASVS V15)."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
ENTRY = re.compile(r"(?m)^(?=\S)(?!#)(.*?)(?=^\S|\Z)", re.DOTALL)
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)")


def entries(lock: str) -> list[str]:
    """Return every requirement of a lock file with its hashes."""
    text = (HOME / lock).read_text(encoding="utf-8")
    return [found[1] for found in ENTRY.finditer(text) if found[1].strip()]


def pins(lock: str) -> dict[str, set[str]]:
    """Return the versions of every package of a lock file."""
    found: dict[str, set[str]] = {}
    for entry in entries(lock):
        pin = PIN.match(entry)
        assert pin, entry.splitlines()[0]
        found.setdefault(canonicalize_name(pin[1]), set()).add(pin[2])
    return found


def wanted(group: str) -> list[Requirement]:
    """Return what pyproject.toml asks for."""
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {"requirements.lock": project["project"]["dependencies"]}
    lists["requirements-dev.lock"] = [
        *lists["requirements.lock"],
        *project["dependency-groups"]["dev"],
    ]
    return [Requirement(one) for one in lists[group]]


@pytest.mark.parametrize("lock", LOCKS)
def test_H9_every_requirement_is_pinned_and_has_a_hash(lock: str) -> None:
    found = entries(lock)
    assert len(found) > 50
    for entry in found:
        assert PIN.match(entry), entry.splitlines()[0]
        hashes = re.findall(r"--hash=(\S+)", entry)
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_H9_a_lock_names_no_registry_and_no_file(lock: str) -> None:
    text = (HOME / lock).read_text(encoding="utf-8")
    assert not re.search(
        r"--(?:extra-)?index-url|--find-links|^-[a-z]\b|://|file:| @ ", text, re.MULTILINE
    )


@pytest.mark.parametrize("lock", LOCKS)
def test_H9_the_pins_are_what_pyproject_asks_for(lock: str) -> None:
    found = pins(lock)
    for one in wanted(lock):
        versions = found[canonicalize_name(one.name)]
        assert versions and all(one.specifier.contains(each) for each in versions), one


def test_H9_tests_run_on_what_the_service_runs_on() -> None:
    service, tests = (pins(lock) for lock in LOCKS)
    assert {name: tests.get(name) for name in service} == service


def test_H9_every_package_is_listed_with_its_licence_and_no_other() -> None:
    text = (HOME / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\w[\w.-]*) \| (\S+) \| (.+) \|$", text, re.MULTILINE)
    listed = {(canonicalize_name(name), version) for name, version, _licence in rows}
    locked = {(name, one) for lock in LOCKS for name, each in pins(lock).items() for one in each}
    listed.discard(("package", "version"))
    assert listed == locked, "run .venv/bin/python scripts/licences.py after ./run lock"
    assert all(licence.strip() for _name, _version, licence in rows)


def test_15_1_5_the_page_about_updates_names_every_package_asked_for_directly() -> None:
    text = (HOME / "docs" / "updating.md").read_text(encoding="utf-8")
    first = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    named = {canonicalize_name(name) for cell in first for name in re.findall(r"`([^`]+)`", cell)}
    asked = {canonicalize_name(one.name) for one in wanted("requirements.lock")}
    assert len(asked) > 20
    assert asked - named == set(), "asked for, and not on the page"
    assert named - pins("requirements.lock").keys() == set(), "on the page, and not in use"
