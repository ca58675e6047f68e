"""The agreement's text as it is read: one value, for the page and for the file alike.

What stands here comes in the order in which it is read. Only what was signed belongs to it; what
is of the moment, such as a promise under review, the page adds itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from couples import formats
from couples.agreement.document.content import Clause, NeedText, Signer
from couples.agreement.document.wording import PARTS, rhythm_sentence
from couples.agreement.listed import topic_name
from couples.agreement.shapes import DocumentView, SignatureView
from couples.pairing.services import REMOVED

SHORT = 12
HERE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True, slots=True, repr=False)
class Reader:
    """One of the two as the sheet names them; fields fit what templates call a person."""

    name: str
    mark: str
    initial: str


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """Words under a label."""

    label: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """All that one of the two needs, and looks after."""

    person: Reader
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One numbered topic; no owner means that both promise."""

    topic_id: str
    name: str
    cells: tuple[Cell, ...]
    owner: Reader | None
    label: str
    words: str
    details: tuple[Line, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Sign:
    """The place for one typed name; `typed` is empty where nobody has signed."""

    person: Reader
    typed: str
    when: str


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """The whole text; `review` is a sentence around its day."""

    names: str
    title: str
    lede: str
    parts: tuple[Part, ...]
    talking: str
    rhythm: str
    talk_plan: str
    review: tuple[str, str, str]
    signs: tuple[Sign, ...]
    small: tuple[str, ...]
    foot: tuple[str, str]


def sheet_of(document: DocumentView) -> Sheet:
    """Return the text of a version or a draft, in the reader's language."""
    content = document.content
    people = {each.person_id: _reader(each) for each in content.people}
    left, right = people.values()
    return Sheet(
        names=_("%(one)s & %(other)s", one=left.name, other=right.name),
        title=_("What we need, and what we’ll do about it"),
        lede=_(
            "We wrote this together to be clear and kind with each other. It describes what we"
            " each hope for and what we can honestly offer. Neither of us can meet every need of"
            " the other, and we don’t expect it."
        ),
        parts=tuple(_part(clause, people) for clause in content.clauses),
        talking=_("How we’ll keep talking"),
        rhythm=rhythm_sentence(content.rhythm),
        talk_plan=content.talk_plan,
        review=_review(formats.day_year(content.review_on)),
        signs=tuple(
            _sign(person, document.signature_of(person_id)) for person_id, person in people.items()
        ),
        small=tuple(_small(document)),
        foot=(_version(document), _("A promise between two people, not a legal contract")),
    )


def _reader(signer: Signer) -> Reader:
    return Reader(signer.name or str(REMOVED), signer.mark, signer.initial)


def _part(clause: Clause, people: dict[str, Reader]) -> Part:
    owner = people.get(clause.owner_id or "")
    return Part(
        clause.topic_id,
        topic_name(clause.listed, clause.own_name) or str(REMOVED),
        tuple(_cells(clause, people)),
        owner,
        _("%(name)s promises", name=owner.name) if owner else _("We both promise"),
        clause.words,
        tuple(_details(clause)),
    )


def _cells(clause: Clause, people: dict[str, Reader]) -> Iterator[Cell]:
    # One each, so that all of a person's needs stand in their own column.
    for person_id, person in people.items():
        theirs = [need for need in clause.needs if need.person_id == person_id]
        if theirs:
            yield Cell(person, tuple(line for need in theirs for line in _lines(need, person)))


def _lines(need: NeedText, person: Reader) -> tuple[Line, ...]:
    lines = (
        Line(_("%(name)s needs", name=person.name), need.words),
        Line(_("%(name)s looks after", name=person.name), need.own_part),
    )
    # Nothing is ever signed with both empty: what was there has been removed (rule A10).
    gone = Line(_("%(name)s wrote", name=person.name), str(REMOVED))
    return tuple(line for line in lines if line.words) or (gone,)


def _details(clause: Clause) -> Iterator[Line]:
    for label, part in PARTS:
        if words := getattr(clause, part):
            yield Line(str(label), words)
    if clause.trial_until:
        yield Line(_("On trial until"), formats.day_year(clause.trial_until))


def _review(day: str) -> tuple[str, str, str]:
    sentence = _(
        "We read this again on %(day)s. Either of us can ask to change any line at any time.",
        day=HERE,
    )
    before, _here, after = sentence.partition(HERE)
    return before, day, after


def _sign(person: Reader, signed: SignatureView | None) -> Sign:
    if signed is None:
        return Sign(person, "", _("Not signed yet. There’s no deadline."))
    return Sign(person, signed.typed_name or str(REMOVED), formats.day_moment(signed.signed_at))


def _small(document: DocumentView) -> Iterator[str]:
    if document.fingerprint:
        yield _("Fingerprint of this text: %(hash)s", hash=document.fingerprint[:SHORT])
    if document.redacted_at:
        yield _(
            "Some words were removed on %(day)s; the fingerprint is that of the text both signed.",
            day=formats.day_year(document.redacted_at),
        )


def _version(document: DocumentView) -> str:
    if document.in_force_at is None:
        return str(_("Version %(n)s, not signed by both yet", n=document.number))
    day = formats.day_year(document.in_force_at)
    return str(_("Version %(n)s, signed by both on %(day)s", n=document.number, day=day))
