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
# The chapter, the four files it needs, and what of both was tried.
FIRST = PAGE.partition("## From nothing")[2].partition("\n## Settings")[0]
BLOCKS = BLOCK.findall(PAGE)
ASSIGNED = re.compile(r"^[A-Z_]+=.*$", re.MULTILINE)


def block_with(word: str) -> str:
    """The one block that holds a word."""
    found: str
    [found] = [block for block in BLOCKS if word in block]
    return found


def settings_file() -> str:
    """The file `settings` of the chapter."""
    found: str
    [found] = [one for one in BLOCK.findall(CHAPTER) if ASSIGNED.fullmatch(one.splitlines()[0])]
    return found


@pytest.fixture
def server(tmp_path: Path) -> Callable[[str], str]:
    """Gives a text of the page for a folder in place of /srv/pages, with the service in it."""
    app = tmp_path / "app"
    app.mkdir()
    run = app / "run"
    run.write_text(
        '#!/bin/sh\ncd "$(dirname "$0")"\n'
        f'PYTHONPATH={shlex.quote(str(HOME))} exec {shlex.quote(sys.executable)} -m couples "$@"\n'
    )
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


def test_the_chapter_is_one_page_and_its_links_lead_somewhere() -> None:
    assert len(CHAPTER.splitlines()) <= 100
    headings = re.findall(r"^#+ (.*)$", PAGE, re.MULTILINE)
    anchors = [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in headings]
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= set(anchors)


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
    (tmp_path / "settings").write_text(settings_file())
    for name, word in (("do", "exec /srv/pages/app/run"), ("nightly", "mkdir -p -m 700 /srv")):
        (tmp_path / name).write_text(server(block_with(word)))
        (tmp_path / name).chmod(0o755)
    bare = {"PATH": os.defpath}
    subprocess.run([tmp_path / "nightly"], env=bare, check=True, timeout=60)
    assert list((tmp_path / "backups").glob("pages-*.db"))
    assert greeting.missing(settings, datetime.now(UTC)) == []


def test_what_the_units_start_is_what_the_chapter_makes() -> None:
    made = {"/srv/pages/app/run", "/srv/pages/nightly"}
    assert set(re.findall(r"^ExecStart=(.*)$", PAGE, re.MULTILINE)) == made
    assert block_with("30 3 * * *") == "30 3 * * * pages /srv/pages/nightly\n"
    files = {"/srv/pages/do", "/srv/pages/nightly", "/etc/cron.d/pages"}
    assert set(re.findall(r"^`(/[\w./]+)`,", FIRST, re.MULTILINE)) == files | {
        "/etc/systemd/system/pages.service"
    }
    assert set(re.findall(r"^EnvironmentFile=(.*)$", PAGE, re.MULTILINE)) == {"/srv/pages/settings"}


def test_both_proxies_refuse_programs_in_clear_and_redirect_people() -> None:
    caddy, nginx = block_with("reverse_proxy"), block_with("proxy_pass")
    for path in ("/mail/returned", "/talks/calendar/", "/metrics"):
        assert path in caddy
        assert path in nginx
    # Caddy asks `redir` before `respond` unless a `route` keeps their order.
    assert caddy.index("route {") < caddy.index("respond @programs 403") < caddy.index("redir")
    assert nginx.count("return 403") == 3
    # Where certificates are renewed from: led to https it would be asked of the service.
    clear, _listen, _secured = nginx.partition("listen 443")
    assert "location /.well-known/acme-challenge/ { root /var/www/html; }" in clear
