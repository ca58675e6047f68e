"""The check of the translations sees what is missing, left over, empty, a guess or out of shape."""

from __future__ import annotations

from pathlib import Path

import pytest
import texts
from babel.messages.catalog import Catalog
from jinja2 import Environment, FileSystemLoader

from couples.dashboard.picture import inline
from couples.dashboard.rules import Strip
from tests.dashboard.weeks import both

ONE = ("%(num)s evening with <b>%(name)s</b>", "%(num)s evenings with <b>%(name)s</b>")
SAID = ("Ein Abend mit <b>%(name)s</b>", "%(num)s Abende mit <b>%(name)s</b>")


def asked() -> Catalog:
    catalog = Catalog()
    catalog.add("Saved at %(clock)s.")
    catalog.add(ONE)
    return catalog


def written(folder: Path, saved: str, evenings: tuple[str, ...], **more: str) -> Path:
    """Write a translation and compile it."""
    path = folder / "de" / texts.FILE
    path.parent.mkdir(parents=True)
    book = texts.Book(locale="de", fuzzy=False)
    book.add("Saved at %(clock)s.", saved, flags=["fuzzy"] if "guess" in more else ())
    book.add(ONE, evenings)
    if "left" in more:
        book.add("Gone.", "Weg.")
    path.write_bytes(texts.po_of(book))
    path.with_suffix(".mo").write_bytes(texts.mo_of(book))
    return path


def test_a_whole_translation_has_nothing_to_look_at(tmp_path: Path) -> None:
    path = written(tmp_path, "Um %(clock)s gespeichert.", SAID)
    assert list(texts.faults(path, asked())) == []
    again = texts.brought_up("de", asked(), texts.read(path))
    assert texts.mo_of(again) == path.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize(
    ("saved", "evenings", "more", "fault"),
    [
        ("", SAID, {}, "empty"),
        ("Um %(clok)s gespeichert.", SAID, {}, "other placeholders"),
        ("Um %(clock)s <i>gespeichert</i>.", SAID, {}, "other tags"),
        (" Um %(clock)s gespeichert.", SAID, {}, "other spaces around it"),
        ("Um %(clock)s gespeichert.", (SAID[0], "Abende mit <b>%(name)s</b>"), {}, "other pl"),
        ("Um %(clock)s gespeichert.", (SAID[0], ""), {}, "empty"),
        ("Um %(clock)s gespeichert.", SAID, {"guess": "yes"}, "a guess"),
        ("Um %(clock)s gespeichert.", SAID, {"left": "yes"}, "nobody asks for: Gone."),
    ],
)
def test_what_is_wrong_with_a_text_is_said(
    tmp_path: Path, saved: str, evenings: tuple[str, ...], more: dict[str, str], fault: str
) -> None:
    found = list(texts.faults(written(tmp_path, saved, evenings, **more), asked()))
    assert [one for one in found if one.startswith(fault)], found


def test_a_missing_text_and_an_old_file_that_runs_are_said(tmp_path: Path) -> None:
    path = written(tmp_path, "Um %(clock)s gespeichert.", SAID)
    more = asked()
    more.add("Another one.")
    assert list(texts.faults(path, more)) == ["missing: Another one."]
    path.with_suffix(".mo").write_bytes(b"")
    assert [one for one in texts.faults(path, asked()) if "messages.mo" in one]


def test_a_language_without_a_file_is_told_what_to_run(tmp_path: Path) -> None:
    path = tmp_path / "fr" / texts.FILE
    assert list(texts.faults(path, asked())) == ["messages.po is missing: run ./run texts"]


def test_a_brace_in_a_translation_is_a_brace_on_the_page() -> None:
    def said(text: str) -> str:
        return f"{{{text}" if text.startswith("From") else text

    env = Environment(
        loader=FileSystemLoader("templates"), extensions=["jinja2.ext.i18n"], autoescape=True
    )
    env.install_gettext_callables(said, lambda one, many, n: many, newstyle=True)  # type: ignore[attr-defined]
    env.globals.update(drawn=inline)
    page = env.get_template("dashboard/_chart.html").module
    every = both([4, 5], [5, 6])
    for drawn in (page.strip_row(every), page.strips([Strip("Home", every)])):  # type: ignore[attr-defined]
        assert '<p class="vh">{From ' in drawn


def test_a_sentence_is_translated_once_for_strips_of_the_same_weeks() -> None:
    asked_for = []

    def said(first: str, last: str) -> str:
        asked_for.append((first, last))
        return f"{first}<{last}"

    every = both([4, 5], [5, 6])
    drawn = inline.strips([Strip("Home", every), Strip("Time", every)], "", "", said)
    assert len(asked_for) == 1
    first, last = asked_for[0]
    assert drawn.count(f"{first}&lt;{last}") == 2


def test_every_way_of_asking_is_heard(tmp_path: Path) -> None:
    for folder, name, words in (
        ("couples", "page.py", "_('One.')\nx = _l('Two.')\nngettext('%(num)s', '%(num)s', 3)\n"),
        ("tasks", "task.py", ""),
        ("templates", "page.html", "{{ _('Three.') }}{{ ngettext('Four.', 'Fours.', n) }}"),
        ("templates", "body.txt", "{% if x %}{{ _('Five, %(name)s.', name=x) }}{% endif %}"),
    ):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / name).write_text(words)
    found = {one.id if isinstance(one.id, str) else one.id[0]
             for one in texts.messages(texts.asked_for(tmp_path))}  # fmt: skip
    assert found == {"One.", "Two.", "%(num)s", "Three.", "Four.", "Five, %(name)s."}
    (tmp_path / "templates" / "page.html").write_text("{{ _('Three.' }}")
    with pytest.raises(Exception, match="unexpected"):
        texts.asked_for(tmp_path)
