"""The first chapter of docs/operating.md leads from nothing to a server on which all is set."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from couples import folder, greeting, keys, upkeep
from couples.environ import KEY_FILES
from couples.settings import Settings

HOME = Path(__file__).parent.parent
PAGE = (HOME / "docs" / "operating.md").read_text(encoding="utf-8")
CHAPTER = PAGE.partition("## From nothing")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(CHAPTER)
ASSIGNED = re.compile(r"^[A-Z_]+=.*$", re.MULTILINE)


def block_with(word: str) -> str:
    """The one block that holds a word."""
    found: str
    [found] = [block for block in BLOCKS if word in block]
    return found


def settings_file() -> str:
    """Every line that the chapter puts into `settings`, in its order."""
    return "".join(block for block in BLOCKS if ASSIGNED.fullmatch(block.splitlines()[0]))


@pytest.fixture
def server(tmp_path: Path) -> Callable[[str], str]:
    """Gives a text of the page for a folder in place of /srv/pages, with the service in it."""
    app = tmp_path / "app"
    app.mkdir()
    run = app / "run"
    run.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m couples "$@"\n')
    run.chmod(0o755)
    return lambda text: text.replace("/srv/pages", str(tmp_path))


def environ_of(lines: str) -> dict[str, str]:
    """What a shell makes of the file; systemd reads such lines the same."""
    by_shell = subprocess.run(
        ["sh", "-c", f"set -a\n{lines}\nexec env"],
        env={"PATH": os.defpath}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    named = {line.partition("=")[0] for line in lines.splitlines() if line}
    found = dict(line.partition("=")[::2] for line in by_shell.splitlines())
    assert {name: found[name] for name in named} == dict(
        shlex.split(line)[0].partition("=")[::2] for line in lines.splitlines() if line
    )
    return {name: found[name] for name in named}


def test_the_chapters_steps_are_those_the_greeting_counts() -> None:
    steps = re.findall(r"^### (\d) (.*)$", CHAPTER, re.MULTILINE)
    assert [number for number, _name in steps] == ["1", "2", "3", "4", "5", "6"]


def test_the_settings_of_the_chapter_and_one_nightly_run_leave_nothing_to_do(
    tmp_path: Path, server: Callable[[str], str]
) -> None:
    var = tmp_path / "app" / "var"
    environ = environ_of(settings_file()) | {"DATA_DIR": str(var)}
    folder.make(var)
    keys.ensure(environ)
    made = {f"{name}_FILE": str(var / file) for name, file in KEY_FILES.items()}
    settings = Settings.from_environ(environ | made)
    upkeep.migrate(settings)
    now = datetime.now(UTC)
    assert [one.name for one in greeting.missing(settings, now)] == ["Backups"]
    nightly = tmp_path / "nightly"
    nightly.write_text(server(block_with("#!/bin/sh")))
    nightly.chmod(0o755)
    bare = {"PATH": os.defpath, "PYTHONPATH": str(HOME)}
    subprocess.run([nightly], env=bare, check=True, timeout=60)
    assert list((tmp_path / "backups").glob("pages-*.db"))
    assert greeting.missing(settings, datetime.now(UTC)) == []


def test_what_the_units_start_is_what_the_chapter_makes() -> None:
    made = {"/srv/pages/app/run", "/srv/pages/nightly"}
    assert set(re.findall(r"^ExecStart=(.*)$", CHAPTER, re.MULTILINE)) == made
    assert "30 3 * * * /srv/pages/nightly" in CHAPTER
    assert set(re.findall(r"^EnvironmentFile=(.*)$", CHAPTER, re.MULTILINE)) == {
        "/srv/pages/settings"
    }


def test_both_proxies_refuse_programs_in_clear_and_redirect_people() -> None:
    caddy, nginx = block_with("reverse_proxy"), block_with("proxy_pass")
    for path in ("/mail/returned", "/talks/calendar/", "/metrics"):
        assert path in caddy
        assert path in nginx
    # Caddy asks `redir` before `respond` unless each has a `handle` of its own.
    assert caddy.index("handle @programs") < caddy.index("respond 403") < caddy.index("redir")
    assert nginx.count("return 403") == 3
