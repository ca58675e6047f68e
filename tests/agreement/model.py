"""What must hold whatever two persons do with their agreement (rules A1, A2, A5, A7, A9, L6)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from couples.agreement import services_home
from couples.agreement.document.content import content_hash, from_plain
from couples.agreement.models import Hearing, Need, Suggestion
from couples.agreement.needs import services as services_needs
from couples.agreement.promises import services_begun, services_side
from couples.agreement.promises.services import Wording
from couples.agreement.rules import NeedWords, Terms
from couples.agreement.shapes import NeedClash, NeedView, Side, SignPage
from couples.agreement.signing import services as services_signing
from couples.agreement.signing import services_terms, services_versions
from couples.agreement.signing.models import Draft, Signature, Version
from couples.agreement.topics import services as services_topics
from couples.agreement.topics import services_order
from couples.db import db
from couples.errors import NotFound, Refusal
from couples.pairing.models import Membership
from couples.pairing.services import couple_or_none


@dataclass
class Tab:
    """What one open tab has read: revisions, the newest words of topics, the text to sign."""

    needs: dict[str, int] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    # Of the other's opened needs, and of one's own: which wording of what is heard was read.
    to_hear: dict[str, int] = field(default_factory=dict)
    heard: dict[str, int] = field(default_factory=dict)
    # By topic: what was typed there and not sent, and the suggestion to move it.
    typed: dict[str, int] = field(default_factory=dict)
    moves: dict[str, str] = field(default_factory=dict)
    order: str = ""
    terms_revision: int = 0
    read: SignPage | None = None

    def look(self, person_id: str, now: datetime) -> None:
        """Load every page anew."""
        mine = services_needs.my_needs(person_id)
        self.needs = {need.id: need.revision for need in (*mine.drafts, *mine.opened)}
        self.seen, self.waiting, self.read = {}, [], None
        self.to_hear, self.heard, self.moves, self.typed, self.order = {}, {}, {}, {}, ""
        if mine.couple is None:
            return
        for side in sides(person_id):
            self._look_at(side, person_id)
        if mine.couple.opened_at:
            self.order = services_order.order(person_id).seen
        self.terms_revision = services_terms.terms(person_id, "UTC", now.date()).revision
        self.read = sign_page(person_id)

    def _look_at(self, side: Side, person_id: str) -> None:
        self.seen[side.topic.id] = side.seen
        self.waiting += [side.suggestion.id] if side.suggestion else []
        if not side.retired:
            self.typed[side.topic.id] = services_begun.begin(
                person_id, side.topic.id
            ).wording.revision
        if side.moves.waiting:
            self.moves[side.topic.id] = side.moves.waiting.id
        for leaf in side.leaves:
            needs = self.heard if leaf.person.person_id == person_id else self.to_hear
            for need in leaf.needs:
                said = side.hearings.get(need.id)
                needs[need.id] = said.revision if said else 0


def sides(person_id: str) -> list[Side]:
    """Return every topic page this person can open."""
    lines = services_home.home(person_id).topics
    aside = services_topics.aside(person_id)
    ids = (*(line.topic.id for line in lines), *(topic.id for topic in aside))
    return [services_side.side(person_id, topic_id) for topic_id in ids]


def sign_page(person_id: str) -> SignPage | None:
    """Return the text to sign, if there is one."""
    try:
        return services_signing.sign_page(person_id)
    except (NotFound, Refusal):
        return None


def surface(person_id: str) -> str:
    """Return everything services show this person, as text."""
    shown: list[Any] = [services_home.home(person_id), services_needs.my_needs(person_id)]
    if couple_or_none(person_id):
        shown += sides(person_id)
        shown += filter(None, [sign_page(person_id)])
        lines = services_versions.versions(person_id)
        shown += [services_versions.document(person_id, line.number) for line in lines]
    for copy in services_versions.kept_versions(person_id):
        shown.append(services_versions.kept_document(person_id, copy.version.id))
    return json.dumps([asdict(each) for each in shown], default=repr)


class Model:
    """What was written and signed, kept beside the database to compare it with."""

    def __init__(self, people: dict[str, str]) -> None:
        self.people = people
        # Every word a person ever typed on a page of their own, and what each need says now.
        self.private: dict[str, set[str]] = {name: set() for name in people}
        self.needs: dict[str, NeedWords] = {}
        self.revisions: dict[str, int] = {}
        self.suggestions: list[tuple[str, Wording]] = []
        # What each said to hear in which need, last.
        self.hearings: dict[str, str] = {}
        self.versions: dict[str, tuple[str, str, int]] = {}
        # By hash: who pressed Sign under it, having read exactly that text.
        self.read: dict[str, set[str]] = {}

    # ---------- what happened ----------

    def typed(self, who: str, words: NeedWords) -> None:
        """Note words typed on an own page."""
        self.private[who] |= {words.before, words.request, words.own_part}

    def kept(
        self, need_id: str, words: NeedWords, revision: int, kept: NeedView | NeedClash
    ) -> bool:
        """Note a save; where another tab was first, its words came back and nothing changed."""
        was_first = revision == self.revisions.get(need_id, 0)
        assert was_first is isinstance(kept, NeedView)
        if isinstance(kept, NeedClash):
            assert kept.need.words == self.needs[need_id]
            return False
        assert kept.words == words
        self.needs[need_id], self.revisions[need_id] = words, kept.revision
        return True

    def typed_aside(self, who: str, *texts: str) -> None:
        """Note words that are typed on a shared page and not sent."""
        self.private[who] |= set(texts)

    def gone(self, need_id: str) -> None:
        """Note that its author took a need away."""
        self.needs.pop(need_id, None)

    def said(self, need_id: str, words: str, there: Any) -> None:
        """Note what one hears; where other words of theirs lay there, they came back."""
        if there is None:
            self.hearings[need_id] = words
        elif there != "refused":
            assert there.words == self.hearings[need_id]

    def suggested(self, person_id: str, wording: Wording, there: Any, lay: str) -> None:
        """Note a suggestion that was laid down; where newer words lay there, they came back."""
        if there is None:
            known, newest = (db.session.get(Suggestion, each) for each in (wording.seen, lay))
            assert newest is None or (known is not None and newest.made_at <= known.made_at)
            self.suggestions.append((person_id, wording))
        elif there != "refused":
            assert there.suggestion or there.promise

    def chosen(self, person_id: str, terms: Terms, there: Any) -> None:
        """Compare the draft's terms with what was chosen, or with what came back instead."""
        couple = couple_or_none(person_id)
        if there == "refused" or couple is None:
            return
        draft = db.session.scalars(db.select(Draft).filter_by(couple_id=couple.id)).one()
        assert draft.talk_plan == (terms.talk_plan if there is None else there.terms.talk_plan)

    def signed(self, person_id: str, read: SignPage, outcome: str | None) -> None:
        """Note who signed which text."""
        if outcome in ("signed", "in_force"):
            self.read.setdefault(read.read_hash, set()).add(person_id)

    # ---------- what holds ----------

    def check_words(self) -> None:
        """Whatever was kept is still there, word for word."""
        for need_id, words in self.needs.items():
            row = db.session.get(Need, need_id)
            assert row is not None
            assert (row.before, row.request, row.own_part) == (
                words.before,
                words.request,
                words.own_part,
            )
        rows = {
            (row.author_id, row.words, row.kept_when, row.note, row.trial_until)
            for row in db.session.scalars(db.select(Suggestion))
        }
        for author_id, wording in self.suggestions:
            promise = wording.words
            said = (promise.words, promise.kept_when, wording.note, promise.trial_until)
            assert (author_id, *said) in rows
        heard = {row.need_id: row.words for row in db.session.scalars(db.select(Hearing))}
        assert heard == self.hearings

    def check_secrecy(self) -> None:
        """Nothing one typed and did not open is on any page of the other."""
        opened = set(db.session.scalars(db.select(Need.id).where(Need.opened_at.is_not(None))))
        shown = {
            text
            for need_id in opened & set(self.needs)
            for text in (
                self.needs[need_id].before,
                self.needs[need_id].request,
                self.needs[need_id].own_part,
            )
        }
        for who, person_id in self.people.items():
            others = (texts for name, texts in self.private.items() if name != who)
            page = surface(person_id)
            for text in set().union(*others) - shown:
                assert text not in page, f"{who} can read {text}"

    def check_versions(self) -> None:
        """A version has two signatures under its one hash, and never changes."""
        for version in db.session.scalars(db.select(Version)):
            found = (json.dumps(version.content, sort_keys=True), version.salt, version.number)
            assert self.versions.setdefault(version.id, found) == found
            content = from_plain(version.content)
            assert content_hash(version.salt, content) == version.content_hash
            under = db.session.scalars(db.select(Signature).filter_by(version_id=version.id)).all()
            both = {person.person_id for person in content.people}
            assert {row.person_id for row in under} == both == self.read[version.content_hash]
            assert len(under) == 2
            assert {row.content_hash for row in under} == {version.content_hash}
        assert len(set(self.versions)) == db.session.query(Version).count()

    def check_copies(self) -> None:
        """Each keeps the last version both signed of every link that ended."""
        ended = db.select(Membership.couple_id).where(Membership.ended_at.is_not(None)).distinct()
        signed = {
            couple_id
            for couple_id in db.session.scalars(ended)
            if db.session.scalars(db.select(Version).filter_by(couple_id=couple_id)).first()
        }
        for person_id in self.people.values():
            assert len(services_versions.kept_versions(person_id)) == len(signed)
