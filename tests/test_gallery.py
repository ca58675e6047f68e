"""`./run gallery` shows every page in every state; what is missing is found here."""

from __future__ import annotations

import re
import struct
import zlib
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from flask import template_rendered
from gallery import camera, folders, letters, worlds
from gallery.__main__ import Wishes, main, make_only
from gallery.shapes import State
from gallery.states import BY_KEY, EVERY, LANGUAGES, STATES, shown_in

from couples.demo import story as told

HOME = Path(__file__).parent.parent
TEMPLATES = HOME / "templates"
# Every page of the design guide's second chapter, with how many states it names at least.
GUIDE = {
    "Front / sign in": 5, "Link sent": 2, "Link landing": 4, "Create account": 2,
    "Invitation": 4, "Reset password": 2, "How it works · Privacy": 2, "Is this safe for me?": 1,
    "Exit /exit": 1, "Before you start": 1, "About you": 1, "Invite": 2, "My needs": 3,
    "Write a need": 5, "Read through": 1, "Folded": 1, "Open together": 2, "Side by side": 4,
    "Suggest words": 4, "Sign": 4, "Agreement": 3, "Versions": 3, "This week": 6, "Done": 2,
    "Week closed": 1, "Overview": 8, "Numbers table": 1, "One need": 2, "Talks": 4,
    "Talk page": 2, "After a talk": 2, "Private": 3, "Settings": 3, "Unlink · Delete": 4,
    "403 404 429 500 503, form expired": 6,
}  # fmt: skip
# Routes that show no page of ours, each with what they show.
NO_PAGES = {
    "/healthz": "for programs", "/healthz/letters": "for programs", "/readyz": "for programs",
    "/metrics": "for programs", "/robots.txt": "for programs",
    "/manifest.webmanifest": "for phones", "/gallery/<int:status>": "ours",
    "/static/<path:filename>": "files", "/doc/kept/<version_id>/document.pdf": "a file",
    "/doc/versions/<int:number>/document.pdf": "a file, shown under Print",
    "/overview/back/<int:number>/document.pdf": "a file", "/overview/numbers.csv": "a file",
    "/overview/mine/numbers.csv": "a file", "/overview/topics/<topic_id>/numbers.csv": "a file",
    "/talks/<talk_id>/calendar.ics": "a file", "/talks/calendar/<token>.ics": "a file",
}  # fmt: skip


class Seen:
    """What all states showed: statuses and texts, the rules asked for, the templates used."""

    def __init__(self) -> None:
        self.statuses: dict[str, int] = {}
        self.texts: dict[str, str] = {}
        self.rules: set[str] = set()
        self.templates: set[str] = set()


def look_at(folder: Path, states: tuple[State, ...]) -> Seen:
    """Go to each state without a browser."""
    seen = Seen()
    with worlds.built(folder) as gallery:
        adapter = gallery.app.url_map.bind("127.0.0.1")

        def noted(_sender: object, template: object, **_more: object) -> None:
            seen.templates.add(str(getattr(template, "name", "")))

        with template_rendered.connected_to(noted, gallery.app):
            for state in states:
                answer = gallery.ask(state)
                seen.statuses[state.key] = answer.status_code
                seen.texts[state.key] = answer.text
                for path in {one.request.path for one in (*answer.history, answer)}:
                    if adapter.test(path, "GET"):
                        rule, _values = adapter.match(path, "GET", return_rule=True)
                        seen.rules.add(rule.rule)
    return seen


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    return look_at(tmp_path_factory.mktemp("gallery"), STATES)


def missing_rules(seen: Seen, folder: Path) -> set[str]:
    with worlds.built(folder) as gallery:
        rules = {
            rule.rule for rule in gallery.app.url_map.iter_rules() if "GET" in (rule.methods or ())
        }
    return rules - seen.rules - set(NO_PAGES)


def missing_templates(seen: Seen) -> set[str]:
    pages = {
        path.relative_to(TEMPLATES).as_posix()
        for path in TEMPLATES.rglob("*.html")
        if not path.name.startswith("_") and "email" not in path.parts
    }
    return pages - seen.templates - {"base.html"}


def short_pages(states: tuple[State, ...]) -> set[str]:
    return {
        page for page, least in GUIDE.items() if sum(one.page == page for one in states) < least
    }


def twice(states: tuple[State, ...]) -> set[str]:
    keys = [state.key for state in states]
    return {key for key in keys if keys.count(key) > 1}


def is_blank(png: bytes) -> bool:
    """Whether a picture has one colour only: its rows then hold hardly any different bytes."""
    packed, place = b"", 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            packed += png[place + 8 : place + 8 + length]
        place += 12 + length
    return len(set(zlib.decompress(packed))) < 20


def test_every_state_answers_as_it_says(seen: Seen) -> None:
    expected = {state.key: state.status for state in STATES}
    assert seen.statuses == expected


def test_no_two_states_have_one_key() -> None:
    assert not twice(EVERY)
    assert twice((*EVERY, BY_KEY["front"])) == {"front"}
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in BY_KEY)


def test_every_page_of_the_guide_is_there_with_its_states() -> None:
    assert not short_pages(STATES)


def test_every_route_that_shows_a_page_is_shown(seen: Seen, tmp_path: Path) -> None:
    assert not missing_rules(seen, tmp_path)


def test_every_template_is_shown_in_some_state(seen: Seen) -> None:
    assert not missing_templates(seen)


def test_every_kind_of_letter_is_there() -> None:
    kinds = {path.name for path in (TEMPLATES / "email").iterdir() if path.is_dir()}
    assert set(letters.KINDS) == kinds


def test_what_is_missing_is_found(tmp_path: Path) -> None:
    """A gallery of one page lacks the other routes, templates and pages of the guide."""
    few = (BY_KEY["how"],)
    seen = look_at(tmp_path / "few", few)
    assert "/doc" in missing_rules(seen, tmp_path / "rules")
    assert "agreement/home.html" in missing_templates(seen)
    assert "how.html" not in missing_templates(seen)
    assert "Sign" in short_pages(few)


def test_a_state_is_set_back_before_the_next(tmp_path: Path) -> None:
    with worlds.built(tmp_path) as gallery:
        before = gallery.ask(BY_KEY["note-new"])
        gallery.ask(BY_KEY["erased"])
        again = gallery.ask(BY_KEY["note-new"])
    assert before.status_code == again.status_code == 200


def test_states_with_somebody_else_leave_the_demo_couple_two(seen: Seen) -> None:
    assert seen.statuses["start"] == 200
    assert set(told.ADDRESSES) == {"Maya", "Jonas"}


def test_whoever_has_codes_on_has_ten_on_paper(seen: Seen) -> None:
    assert "10 recovery codes are left" in seen.texts["codes-on"]


def test_a_gallery_is_taken_in_each_language_once() -> None:
    assert LANGUAGES == ("en", "de")
    assert all(len(shown_in(language)) > 200 for language in LANGUAGES)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--language", "de", "--only", "longer"], "in de there is no {'longer'}"),
        (["--widths", "wide"], "invalid widths value: 'wide'"),
        (["--only", "nothing"], "invalid choice: 'nothing'"),
    ],
)
def test_what_cannot_be_taken_is_said_at_once(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("only", [[], ["--only", "front"]])
@pytest.mark.parametrize("name", ["png/x", "html/x", "index.html"])
def test_a_folder_that_no_gallery_made_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, only: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    theirs = tmp_path / name
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("a picture of theirs")
    assert main([str(tmp_path), *only]) == 1
    assert "was not made by ./run gallery" in capsys.readouterr().err
    assert theirs.read_text() == "a picture of theirs"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [theirs]


def test_only_some_states_leave_the_pictures_of_the_others(tmp_path: Path) -> None:
    folders.keep(folders_with(tmp_path, "signin", "signin-wrong"), folders.Mark("en", "letters"))
    mark = folders.cleared(tmp_path, "en", ["signin"])
    assert mark == folders.Mark("en", "letters")
    (left,) = folders.found(tmp_path, STATES).values()
    assert left.key == "signin-wrong"
    assert left.pictures == {"390 light": "png/signin-wrong_390_light.png"}
    with pytest.raises(folders.NotOurs, match="shows pages in en"):
        folders.cleared(tmp_path, "de", ["signin-wrong"])
    assert folders.found(tmp_path, STATES).keys() == {"signin-wrong"}
    assert folders.emptied(tmp_path, "de") == folders.Mark("de")
    assert not folders.found(tmp_path, STATES)


def folders_with(folder: Path, *keys: str) -> Path:
    """Put there what a gallery makes of these states."""
    for name in (folders.PICTURES, folders.TEXTS):
        (folder / name).mkdir()
    for key in keys:
        (folder / f"png/{key}_390_light.png").touch()
        (folder / f"html/{key}.html").touch()
    return folder


@pytest.mark.browser
def test_a_small_gallery_has_its_pictures_and_an_index(tmp_path: Path) -> None:
    states = [BY_KEY["front"], BY_KEY["need-offline"], BY_KEY["signin-wrong"]]
    try:
        shots = make_only(states, Wishes(tmp_path, "en", (390,)))
    except camera.NoBrowser as problem:
        pytest.skip(str(problem))
    page = (tmp_path / "index.html").read_text()
    for shot in shots:
        assert not shot.problem
        assert set(shot.pictures) == {"390 light", "390 dark"}
        for path in shot.pictures.values():
            assert not is_blank((tmp_path / path).read_bytes())
            assert path in page
        assert (tmp_path / shot.html).exists()
    assert not re.search(r"(src|href)=[\"']?(https?:)?//", page)


@pytest.mark.browser
def test_no_picture_is_taken_of_another_page_than_the_state_says(tmp_path: Path) -> None:
    state = replace(BY_KEY["404-out"], status=200)
    with worlds.built(tmp_path / "there") as gallery, ExitStack() as stack:
        try:
            browser = stack.enter_context(camera.chromium())
        except camera.NoBrowser as problem:
            pytest.skip(str(problem))
        shot = camera.take(gallery, camera.context_of(browser, "en"), state, tmp_path, (390,))
    assert shot.problem == "WrongStatus: it answered 404, not 200"
    assert not shot.pictures


def test_a_machine_without_a_browser_is_told_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main([str(tmp_path / "there"), "--only", "front"]) == 1
    assert "There is no Chromium here" in capsys.readouterr().err
