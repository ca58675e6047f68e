"""What is written about the service is true of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from couples.sealing import KeyRing
from couples.settings import Settings, new_secret_key
from tests.test_compose import Noted

HOME = Path(__file__).parent.parent
PAGES = sorted([*HOME.glob("*.md"), *HOME.glob("docs/**/*.md")])
LINK = re.compile(r"\]\(([^)#]+)|(?:src|srcset|href)=\"([^\"#]+)")
# A path of ours in backticks; patterns and what the service makes itself are none.
QUOTED = re.compile(
    r"`((?:\./)?(?:(?:couples|docs|scripts|tasks|templates|tests)/[\w./-]*"
    r"|[\w.-]+\.(?:md|lock|toml|yml)|run|Dockerfile|\.env\.example))`"
)
FOR_TESTS = {"TEST_CLOCK_FILE"}
FOR_COMPOSE = {"PUBLISHED_PORT"}


@pytest.fixture(scope="module")
def read() -> set[str]:
    """Every setting that Settings reads."""
    environ = Noted({"SECRET_KEY": new_secret_key(), "SEALING_KEYS": KeyRing.new().text()})
    Settings.from_environ(environ)
    twins = {f"{name}_FILE" for name in environ.asked}
    return environ.asked - twins


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOME)))
def test_every_path_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = {found for pair in LINK.findall(text) for found in pair if found}
    missing = [
        link
        for link in links
        if not re.match(r"[a-z]+:", link) and not (page.parent / link).exists()
    ]
    missing += [path for path in QUOTED.findall(text) if not (HOME / path).exists()]
    assert missing == []


def test_the_operators_page_explains_every_setting_and_no_other(read: set[str]) -> None:
    text = (HOME / "docs" / "operating.md").read_text(encoding="utf-8")
    settings = text.partition("## Settings")[2].partition("\n## ")[0]
    explained = re.findall(r"^\| `([A-Z_]+)` \|", settings, re.MULTILINE)
    assert len(explained) == len(set(explained))
    assert set(explained) == read | FOR_COMPOSE


def test_the_example_lists_every_setting_and_no_other(read: set[str]) -> None:
    text = (HOME / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", text, re.MULTILINE))
    assert listed == (read | FOR_COMPOSE) - FOR_TESTS


def test_the_front_page_names_only_settings_that_are_read(read: set[str]) -> None:
    text = (HOME / "README.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)) <= read


def test_the_commands_of_the_operators_page_exist() -> None:
    from couples.cli import commands

    text = (HOME / "docs" / "operating.md").read_text(encoding="utf-8")
    named = re.findall(r"(?:\./run|-m couples) ([a-z][a-z-]+)$", text, re.MULTILINE)
    assert {"rotate-keys"} <= set(named) <= set(commands.commands)
