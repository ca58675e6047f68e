"""The lists of open questions: what may stand in them, and which one is shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from couples.agreement.listed import LISTED
from couples.app import create_app
from couples.hints import hint_for
from couples.settings import BadSetting, Settings
from couples.talks.prompts.reader import GROUPS, HERE, Prompts, prompt_for, prompts_for, read
from tests.cast import Cast, sign_in
from tests.surveys.agreed import at

LISTS = {path.stem: read(path) for path in sorted(HERE.glob("*.json"))}
BUNDLED = LISTS["en"]
QUESTIONS = [(key, words) for key in GROUPS for words in BUNDLED.questions[key]]
EVERY = [
    (language, words)
    for language, found in LISTS.items()
    for key in GROUPS
    for words in found.questions[key]
]


@dataclass(frozen=True)
class Manners:
    """How open questions begin in a language, and what stands in none of them."""

    openers: re.Pattern[str]
    # "May one answer with yes or no?", whatever the question begins with.
    closed: re.Pattern[str]
    accusing: re.Pattern[str]
    gendered: re.Pattern[str]
    # Where a word is meant: "be less than perfect", "not only parents".
    meant: str


MANNERS = {
    "en": Manners(
        re.compile(r"(What|When|Which|How|Where|From which)\b"),
        re.compile(
            r"(^|[,;:–] )(and |or |but )?(do|does|did|is|are|was|were|am|has|have|had|can|could"
            r"|will|would|shall|should|may|might|must)(n’t|n't)? (you|we|i|it|there|this|that|one"
            r"|the|our|your)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(why|fault|blame|wrong|fail\w*|always|never|should|must|promise\w*|score|problem"
            r"|finally|still|only|enough of|stop|less)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(he|she|him|her|his|hers|husband|wife|man|woman)\b", re.IGNORECASE),
        "be less than perfect|not only parents",
    ),
    "de": Manners(
        re.compile(r"(Was|Wann|Welche[nrsm]?|Wie|Wo\w*|(Ab|Für|Von|Mit|Bei) welche\w*)\b"),
        re.compile(
            r"(^|[;:–] )(und |oder |aber )?(\w+st|ist|sind|war|waren|hat|haben|können|könnten"
            r"|wollen|würden|sollen|dürfen|gibt|geht|tut) (du|wir|ich|es|das|dir|uns)\b",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(warum|weshalb|wieso|schuld\w*|vorw\w+|falsch|immer|nie|niemals|soll\w*|musst?"
            r"|müssen|versprech\w*|problem\w*|endlich|noch|nur|aufhör\w*|weniger)\b",
            re.IGNORECASE,
        ),
        re.compile(r"\b(er|ihm|ihn|seine[mnrs]?|ihr\w*|mann|frau|partner\w*)\b", re.IGNORECASE),
        # "ihn" is the step, which is masculine in German.
        "nicht nur Eltern|während du ihn ausprobiert",
    ),
}


@pytest.fixture
def maya(client: FlaskClient, cast: Cast, now: datetime) -> Iterator[FlaskClient]:
    """Return Maya's browser, on the day the cast is made."""
    sign_in(client, cast.maya, now)
    with at(now):
        yield client


@pytest.mark.parametrize("found", LISTS.values(), ids=LISTS)
def test_there_are_sixty_and_more_for_every_topic_of_the_list_and_none_twice(
    found: Prompts,
) -> None:
    assert set(LISTED) < set(found.questions)
    words = [words.casefold() for questions in found.questions.values() for words in questions]
    assert len(words) == len(set(words)) >= 60
    assert all(len(questions) >= 4 for questions in found.questions.values())


def test_every_list_has_manners_to_be_held_to() -> None:
    assert set(LISTS) == set(MANNERS)


@pytest.mark.parametrize(("language", "words"), EVERY, ids=[words for _language, words in EVERY])
def test_every_question_is_open_and_presumes_nothing(language: str, words: str) -> None:
    manners = MANNERS[language]
    plain = re.sub(manners.meant, "", words)
    assert manners.openers.match(words) and not manners.closed.search(words)
    assert not manners.accusing.search(plain) and not manners.gendered.search(plain)
    assert words.endswith("?") and words.count("?") == 1 and len(words) <= 100
    assert hint_for(words, "words", language) is None, "our own need no gentler wording"
    assert "'" not in words and '"' not in words, "typographic quotes"


@pytest.mark.parametrize(
    ("language", "closed", "is_open"),
    [
        ("en", ["Do you feel heard?", "When we argue, are you calm?", "Could we talk more?"],
         "What would you like, and what could we do?"),
        ("de", ["Bist du ruhig?", "Können wir mehr reden?", "Und fühlst du dich gehört?"],
         "Was möchtest du, dass wir beide gleich handhaben?"),
    ],
)  # fmt: skip
def test_the_closed_are_told_from_the_open(language: str, closed: list[str], is_open: str) -> None:
    assert all(MANNERS[language].closed.search(words) for words in closed)
    assert not MANNERS[language].closed.search(is_open)


def test_the_first_question_differs_from_talk_to_talk_and_another_is_another() -> None:
    for key, questions in BUNDLED.questions.items():
        shown = [BUNDLED.at(key, place) for place in range(2 * len(questions))]
        assert [prompt.words for prompt in shown] == [*questions, *questions]
        assert all(prompt.place < len(questions) for prompt in shown)
    assert BUNDLED.at(None, 0) == BUNDLED.at("general", 0) == BUNDLED.at("no topic of ours", 0)
    assert BUNDLED.at("time", 0).lang == "en"


def test_a_language_has_its_own_list_or_the_english_one_marked_so(app: Flask) -> None:
    for locale in ("en", "en_GB", "ar", None, ""):
        assert prompt_for("home", 0, locale).lang == "en"
    for locale in ("de", "de_AT", "de-CH"):
        assert prompt_for("home", 0, locale).lang == "de"


def own(folder: Path, **changes: Any) -> Path:
    """Return a whole list of an operator's, with these topics changed."""
    questions = {key: ["Was tut gut?"] for key in GROUPS} | changes
    path = folder / "own.json"
    found = {key: value for key, value in questions.items() if value is not None}
    path.write_text(json.dumps({"language": "de", "questions": found}), encoding="utf-8")
    return path


def test_an_operators_list_takes_the_place_of_all(
    tmp_path: Path, sqlite_url: str, settings_for: Callable[..., Settings]
) -> None:
    path = own(tmp_path, time=["Wann ist Zeit?", "Wo ist Ruhe?"])
    app = create_app(settings_for(sqlite_url, prompts_file=path))
    path.unlink()
    with app.app_context():
        assert prompt_for("time", 1, "en").words == "Wo ist Ruhe?"
        assert prompts_for("en").language == "de"


@pytest.mark.parametrize(
    ("topics", "named"),
    [
        ({"time": []}, "time"),
        ({"time": None}, "time"),
        ({"times": ["What?"]}, "times"),
        ({"time": ["Tell me."]}, "time"),
        ({"time": ["What\nnow?"]}, "time"),
        ({"time": [7]}, "time"),
        ({"time": "What?"}, "time"),
        ({"time": ["x" * 200 + "?"]}, "time"),
    ],
)
def test_a_list_that_cannot_be_used_stops_the_start_in_one_sentence(
    tmp_path: Path,
    sqlite_url: str,
    settings_for: Callable[..., Settings],
    topics: dict[str, Any],
    named: str,
) -> None:
    settings = settings_for(sqlite_url, prompts_file=own(tmp_path, **topics))
    with pytest.raises(BadSetting, match="PROMPTS_FILE") as refused:
        create_app(settings)
    assert named in str(refused.value) and "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "7", "{}", '{"language": "en"}', '{"language": 7, "questions": {}}', "[" * 100_000,
     '{"language": "xx_nowhere_at_all", "questions": {}}', '{"language": "en", "questions": []}'],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"Error") as refused:
        read(path)
    assert "\n" not in str(refused.value)
    with pytest.raises(ValueError, match="FileNotFound"):
        read(tmp_path / "none.json")


def test_the_page_lists_every_question_and_each_leads_to_the_next_talk(
    maya: FlaskClient, cast: Cast, now: datetime
) -> None:
    page = maya.get("/talks/prompts")
    assert page.status_code == 200
    for key, words in QUESTIONS:
        place = BUNDLED.questions[key].index(words)
        begins = f'href="/talks/add?about={key}&amp;prompt={place}"'
        assert words in page.text and page.text.count(begins) == 1
    assert 'lang="en"' in page.text
    sign_in(maya, cast.ines, now)
    assert maya.get("/talks/prompts").status_code == 404


def test_every_key_of_the_page_begins_an_item(maya: FlaskClient) -> None:
    for key in GROUPS:
        assert maya.get(f"/talks/add?about={key}").status_code == 200
        page = maya.get(f"/talks/add?about={key}&prompt=1").text
        assert f">\r\n{BUNDLED.at(key, 1).words}<" in page.replace("&#39;", "'")


def test_bundled_lists_are_named_by_their_language() -> None:
    for path in HERE.glob("*.json"):
        found: Prompts = read(path)
        assert found.language.replace("-", "_") == path.stem
