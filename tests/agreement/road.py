"""Steps of two people on their way to an agreement, each one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from flask.testing import FlaskClient

from couples.agreement.needs import services as services_needs
from couples.agreement.needs import services_opening
from couples.agreement.needs.services import Heading
from couples.agreement.promises import services as services_wording
from couples.agreement.promises import services_side
from couples.agreement.promises.services import Wording
from couples.agreement.promises.services_side import topic_lines
from couples.agreement.rhythm import Rhythm
from couples.agreement.rules import NeedWords, PromiseWords, Terms
from couples.agreement.shapes import TopicLine
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms
from couples.pairing.services import couple_of
from tests.cast import Cast

RHYTHM = Rhythm(1, 3, 18, 6, 20, "Europe/Berlin")
TERMS = Terms(RHYTHM, "A talk on the second Sunday.", date(2026, 12, 1))
WORDS = NeedWords("I felt alone.", "Two evenings a week.", "I say which ones.", 4)
EVENINGS = PromiseWords(
    "Two evenings a week are ours.", "Both happened.", "We name another.", "Every week"
)


def write(
    person_id: str, now: datetime, listed: str = "time", words: NeedWords = WORDS, own: str = ""
) -> str:
    """Begin a need and write it."""
    heading = Heading(own_words=own) if own else Heading(listed=listed)
    need_id = services_needs.begin_need(person_id, heading, now)
    services_needs.save_need(person_id, need_id, words, 0, now)
    return need_id


def open_both(cast: Cast, now: datetime) -> str:
    """Let both write about their time and open; return the topic's id."""
    for person_id in (cast.maya, cast.jonas):
        write(person_id, now)
    for person_id in (cast.maya, cast.jonas):
        services_opening.say_ready(person_id, now)
    return topic_ids(cast.maya)[0]


def topic_ids(person_id: str) -> list[str]:
    """Return the couple's topics in order."""
    return [line.topic.id for line in topic_lines(couple_of(person_id))]


def wording(words: str = EVENINGS.words, seen: str = "", mine: bool = False) -> Wording:
    """Return a suggestion of these words."""
    return Wording(replace(EVENINGS, words=words), mine, "A note.", seen)


def suggest(
    person_id: str, topic_id: str, now: datetime, words: str = EVENINGS.words, mine: bool = False
) -> str:
    """Suggest words on top of what is there; return the suggestion's id."""
    seen = services_side.side(person_id, topic_id).seen
    assert services_wording.suggest(person_id, topic_id, wording(words, seen, mine), now) is None
    found = services_side.side(person_id, topic_id).suggestion
    assert found is not None
    return found.id


def promise(cast: Cast, topic_id: str, now: datetime, words: str = EVENINGS.words) -> None:
    """Let Maya suggest and Jonas say yes."""
    services_wording.use(cast.jonas, suggest(cast.maya, topic_id, now, words), now)


def choose(person_id: str, now: datetime, terms: Terms = TERMS) -> None:
    """Choose terms on top of what is there."""
    revision = services_terms.terms(person_id, "Europe/Berlin", now.date()).revision
    assert services_terms.save_terms(person_id, terms, revision, now) is None


def sign(person_id: str, now: datetime, name: str = "Somebody") -> str:
    """Read and sign what is there."""
    read = services_signing.sign_page(person_id).read_hash
    return services_signing.sign(person_id, name, read, now)


def sign_both(cast: Cast, now: datetime) -> None:
    """Let both sign."""
    assert sign(cast.maya, now, "Maya Lindqvist") == "signed"
    assert sign(cast.jonas, now, "Jonas Okafor") == "in_force"


def text(client: FlaskClient, path: str) -> str:
    """Return what a page shows."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.text


def lines(person_id: str) -> tuple[TopicLine, ...]:
    """Return the couple's topics with where their promises stand."""
    return topic_lines(couple_of(person_id))
