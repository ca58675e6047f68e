"""What is set and what is not: the same list at the first start, at later ones, and in doctor."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from couples import backup, doctor, folder, greeting, upkeep
from couples.settings import Settings

HOME = Path(__file__).parent.parent
# What a terminal shows without breaking a line; a path may be as long as it is.
WIDTH = 90
ORDER = ["Address", "HTTPS", "Operator", "Mail", "Backups"]
READY: dict[str, Any] = {
    "public_url": "https://pages.example.org",
    "proxy_hops": 1,
    "operator": "Example Society, help@example.org",
    "smtp_url": "smtp://user:hush-hush@mail.example.org",
    "mail_from": "pages@example.org",
}


@pytest.fixture
def bare(settings_for: Callable[..., Settings], sqlite_url: str) -> Settings:
    """A machine on which nothing is set, after its first start."""
    found = settings_for(sqlite_url, operator="")
    folder.make(found.data_dir)
    upkeep.migrate(found)
    return found


@pytest.fixture
def ready(bare: Settings, tmp_path: Path, now: datetime) -> Settings:
    """The same with everything set, and a backup made just now."""
    backup.back_up(bare, tmp_path / "first.db", now)
    return replace(bare, **READY)


def names(points: list[greeting.Point]) -> list[str]:
    return [one.name for one in points]


def test_a_bare_machine_is_told_what_is_missing_in_order_and_one_next_step(
    bare: Settings, now: datetime
) -> None:
    said = greeting.welcome(bare, now)
    assert names(greeting.missing(bare, now)) == ORDER
    assert [line.split()[0] for line in said.splitlines() if "not yet" in line] == ORDER
    assert said.count("Next:") == 1
    assert "Next: PUBLIC_URL" in said
    lines = said.replace(str(bare.data_dir), "/srv/pages/var").splitlines()
    assert max(map(len, lines)) <= WIDTH
    assert said.isascii()


def test_every_next_step_names_a_heading_of_the_operators_page(
    bare: Settings, now: datetime
) -> None:
    page = (HOME / "docs" / "operating.md").read_text(encoding="utf-8")
    for point in greeting.missing(bare, now):
        number = point.step.rpartition("step ")[2]
        assert f"\n### {number} " in page, point.step


def test_each_thing_that_is_set_leaves_the_list_and_the_next_step_moves_on(
    bare: Settings, now: datetime
) -> None:
    settings, left = bare, list(ORDER)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("Address", {"public_url": "http://pages.example.org"}),
        ("HTTPS", {"public_url": "https://pages.example.org", "proxy_hops": 1}),
        ("Operator", {"operator": "Example Society"}),
        ("Mail", {"smtp_url": "smtp://mail.example.org", "mail_from": "pages@example.org"}),
    ]
    for name, change in steps:
        assert left[0] == name
        assert greeting.next_step(settings, now).count(greeting.missing(settings, now)[0].step) == 1
        settings = replace(settings, **change)
        left.remove(name)
        assert names(greeting.missing(settings, now)) == left
    assert "./run backup" in greeting.next_step(settings, now)


def test_https_without_a_proxy_that_is_counted_is_not_set(ready: Settings, now: datetime) -> None:
    [point] = greeting.missing(replace(ready, proxy_hops=0), now)
    assert (point.name, "PROXY_HOPS" in point.how) == ("HTTPS", True)


def test_once_everything_is_set_one_line_says_so_and_how_old_the_backup_is(
    ready: Settings, now: datetime
) -> None:
    said = greeting.again(ready, now + timedelta(hours=5))
    assert said == "Everything is set. Backups: the last one was made 5 hours ago."
    assert "Next:" not in greeting.welcome(ready, now)
    assert said in greeting.welcome(ready, now + timedelta(hours=5))


def test_a_later_start_says_the_next_step_alone_and_where_the_rest_stands(
    bare: Settings, now: datetime
) -> None:
    said = greeting.again(bare, now)
    assert len(said.splitlines()) == 1
    assert "Next: PUBLIC_URL" in said
    assert "4 more" in said
    assert "./run doctor" in said


@pytest.mark.parametrize(
    ("days", "is_set", "words"),
    [(0, True, "0 seconds ago"), (1, True, "24 hours ago"), (3, False, "3 days ago")],
)
def test_a_backup_grows_old(
    ready: Settings, now: datetime, days: int, is_set: bool, words: str
) -> None:
    point = greeting.points(ready, now + timedelta(days=days))[-1]
    assert (point.name, point.is_set) == ("Backups", is_set)
    assert words in point.how


def test_what_was_noted_about_a_backup_and_cannot_be_read_counts_as_none(
    ready: Settings, now: datetime
) -> None:
    (ready.data_dir / folder.LAST_BACKUP).write_text("yesterday, I think")
    assert names(greeting.missing(ready, now)) == ["Backups"]


def test_a_backup_is_made_though_it_cannot_be_noted(
    bare: Settings, tmp_path: Path, now: datetime
) -> None:
    (bare.data_dir / folder.LAST_BACKUP).mkdir()
    backup.back_up(bare, tmp_path / "kept.db", now)
    assert (tmp_path / "kept.db").exists()
    assert "Backups" in names(greeting.missing(bare, now))


def test_backups_of_a_database_server_are_its_own_matter(ready: Settings, now: datetime) -> None:
    server = replace(ready, database_url="postgresql://pages@127.0.0.1/pages")
    assert greeting.missing(server, now) == []
    said = greeting.again(server, now)
    assert said.startswith("Everything else is set. Backups: a database server's are not seen")
    [row] = [
        one for one in greeting.overview(server, now) if "Backups" in one and "set." not in one
    ]
    assert row.split()[:2] == ["Backups", "unseen"]


def test_no_secret_is_said(ready: Settings, now: datetime) -> None:
    assert "hush" not in greeting.welcome(ready, now) + greeting.again(ready, now)
    assert "by mail.example.org," in "".join(one.how for one in greeting.points(ready, now))


def test_doctor_begins_with_the_very_same_list(
    bare: Settings, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    environ = {
        "SECRET_KEY": bare.secret_key,
        "SEALING_KEYS": bare.sealing.text(),
        "DATABASE_URL": bare.database_url,
        "DATA_DIR": str(bare.data_dir),
    }
    assert doctor.report(environ) == 0
    said = capsys.readouterr().out
    assert said.startswith("\n".join(greeting.overview(bare, now)))
    assert said.count("not yet") == len(ORDER)
