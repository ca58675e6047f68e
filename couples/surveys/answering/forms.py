"""What a person may submit about one round."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from functools import cache
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, TextAreaField
from wtforms.validators import ValidationError

from couples.autosave import RevisionField
from couples.surveys import rules
from couples.surveys.answering.drafts import Draft
from couples.surveys.answering.services import Answers, Clash, NothingAnswered
from couples.surveys.answering.services_link import LinkPage
from couples.surveys.answering.services_week import RoundPage, Week
from couples.surveys.fields import (
    CHOICES,
    DecisionField,
    PointsField,
    ScaleField,
    as_answer,
    as_shown,
    points_name,
    scale_sent,
)
from couples.surveys.scales.items import Scale
from couples.surveys.terms import Asked
from couples.text import clean

WORDS_LONGEST = 2000
WHO = frozenset({"me", "both"})


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What both ways of answering have in common."""

    decision = DecisionField()
    asked: tuple[str, ...] = ()
    scale: Scale | None = None

    def scales(self) -> list[ScaleField]:
        """Return the questions' fields in order."""
        return [self[f"q{place}"] for place in range(len(self.asked))]

    def points(self) -> list[PointsField]:
        """Return the fields of the published scale in order; none where it is not asked."""
        return [field for field in self if isinstance(field, PointsField)]

    def given_points(self) -> dict[str, int | None]:
        """Return what was chosen of the scale; what was left untouched is not in it."""
        chosen = [field for field in self.points() if field.data and self.touched(field)]
        return {field.item.key: field.answer for field in chosen}

    def given(self) -> dict[str, int | None]:
        """Return what was chosen; what was left untouched is not in it."""
        pairs = zip(self.asked, self.scales(), strict=True)
        return {key: field.answer for key, field in pairs if field.data and self.touched(field)}

    def touched(self, field: Field) -> bool:
        """Whether a field says something else than the page did when it was shown."""
        before = self._fields.get(f"was_{field.name}")
        return before is None or clean(before.data) != clean(field.data)

    def typed_words(self) -> str:
        """Return the words on the page."""
        return ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask again where nothing was answered."""
        fine: bool = super().validate(extra_validators)
        chosen = {field.name: field.answer for field in (*self.scales(), *self.points())}
        if fine and not rules.has_any_answer(chosen, self.typed_words()):
            self.form_errors.append(str(NothingAnswered.sentence))
            return False
        return fine


class LinkForm(AnswerForm):
    """The mailed page: numbers only. Its address is the secret, so it needs no session."""

    shown = HiddenField()

    class Meta:
        """The token in the address cannot be known elsewhere, so no other page can post it."""

        csrf = False

    def answers(self) -> Answers:
        """Return what was chosen."""
        share = self.decision.data == "share"
        return Answers(given=self.given(), share=share, scale=self.given_points())

    def ask_once_more(self) -> None:
        """Say why the same page is back."""
        self.form_errors.append(_("Just to be sure a person pressed: send once more."))


class WeekForm(AnswerForm):
    """The signed-in page: numbers, words, and who they are for."""

    round = HiddenField()
    revision = RevisionField()
    words = TextAreaField(_l("Anything you want to put into words?"), filters=[clean])
    was_words = HiddenField(filters=[clean])
    who = RadioField(_l("Who is this note for?"), validate_choice=False)
    was_who = HiddenField()
    # Words stored meanwhile from another window, shown beside those just typed.
    clash = ""

    def validate_words(self, field: TextAreaField) -> None:
        """Keep within what is stored."""
        if len(field.data or "") > WORDS_LONGEST:
            raise ValidationError(
                _("Use 2,000 characters or fewer; these are %(n)s", n=len(field.data))
            )

    def typed_words(self) -> str:
        """Return the words on the page."""
        return self.words.data or ""

    def answers(self) -> Answers:
        """Return what was chosen or changed on this page."""
        return Answers(
            given=self.given(),
            share=self.decision.data == "share",
            words=self.typed_words() if self.touched(self.words) else None,
            words_shared=self.who.data == "both" if self.touched(self.who) else None,
            words_before=self.was_words.data or "",
            before=dict(self._shown()),
            scale=self.given_points(),
            scale_before=dict(self._shown_points()),
            revision=self.revision.number,
        )

    def _shown(self) -> Iterator[tuple[str, int | None]]:
        """Return the answers that the page showed."""
        for place, key in enumerate(self.asked):
            was = clean(self[f"was_q{place}"].data)
            if was in CHOICES:
                yield key, as_answer(was)

    def _shown_points(self) -> Iterator[tuple[str, int | None]]:
        """Return the answers to the scale that the page showed."""
        for field in self.points():
            was = clean(self[f"was_{field.name}"].data)
            if was in field.choices:
                yield field.item.key, as_answer(was)

    def may_be_kept(self) -> bool:
        """Whether what is filled in so far fits; there need be no answer in it, and no press."""
        decision = self._fields.pop("decision")
        fine: bool = super(AnswerForm, self).validate()
        self._fields["decision"] = decision
        return fine

    def begun(self) -> dict[str, str]:
        """Return whatever differs from what the page was filled with, by the field's name."""
        kept = [field for field in self if f"was_{field.name}" in self and self.touched(field)]
        begun = {field.name: clean(field.data) for field in kept}
        return {name: said for name, said in begun.items() if name != "who" or said in WHO}

    def show_clash(self, clash: Clash) -> None:
        """Lay words of another window beside those just typed; sending again replaces them."""
        self.clash = clash.words
        if clash.revision is None:
            self.was_words.data = clash.words
        else:
            self.revision.data = str(clash.revision)
        self.form_errors.append(_("You wrote other words in another window. Both are below."))

    def show_newer(self, newer: Draft) -> None:
        """Put what another window kept where nothing is typed here; other words stand beside."""
        for name, said in newer.fields.items():
            if name in self and not self.touched(self[name]):
                self[name].data = said
        self.revision.data = str(newer.revision)
        words = newer.fields.get("words", "")
        if words not in self.typed_words():
            self.show_clash(Clash(words, newer.revision))
        else:
            again = _("This was changed in another window too. Look it over, then save it again.")
            self.form_errors.append(again)


@cache
def _form_class(
    base: type[AnswerForm], questions: int, scale: Scale | None, remembers: bool
) -> type[AnswerForm]:
    fields: dict[str, Any] = {f"q{place}": ScaleField() for place in range(questions)}
    for item in scale.items if scale else ():
        fields[points_name(item.key)] = PointsField(item=item)
    if remembers:
        fields |= {f"was_{name}": HiddenField() for name in fields}
    return type(base.__name__, (base,), {**fields, "scale": scale})


def link_form(page: LinkPage) -> LinkForm:
    """Return the form of the mailed page: always empty, whatever is stored (rule C6)."""
    asked = _asked(page.topics)
    form = _form_class(LinkForm, len(asked), _scale_on(page, request.form), False)()
    form.asked = asked
    assert isinstance(form, LinkForm)
    return form


def week_form(week: Week, begun: Draft | None = None) -> WeekForm:
    """Return the form of the signed-in page, filled with what is stored, a draft laid over it."""
    assert week.round is not None and week.partner is not None
    asked = _asked(week.round.topics)
    shown = _scale_on(week.round, begun.fields if begun else request.form)
    form_class = _form_class(WeekForm, len(asked), shown, True)
    form = form_class(data=_values(week.round, asked, begun))
    assert isinstance(form, WeekForm)
    form.asked = asked
    form.who.choices = [("me", _("Only me")), ("both", _("%(name)s too", name=week.partner.name))]
    return form


def _asked(topics: Iterable[Asked]) -> tuple[str, ...]:
    return (rules.OVERALL, *(topic.id for topic in topics))


def _scale_on(page: RoundPage | LinkPage, chosen: Container[str]) -> Scale | None:
    return page.scale or scale_sent(page.scale_asked, chosen)


def _values(page: RoundPage, asked: tuple[str, ...], begun: Draft | None) -> dict[str, Any]:
    values = _stored_values(page, asked)
    return {**values, "revision": str(begun.revision), **begun.fields} if begun else values


def _stored_values(page: RoundPage, asked: tuple[str, ...]) -> dict[str, Any]:
    mine = page.mine
    who = "both" if mine.words_shared else "me"
    values: dict[str, Any] = {"round": page.id, "who": who, "was_who": who}
    values |= {"words": mine.words, "was_words": mine.words}
    for place, key in enumerate(asked):
        if key in mine.answers:
            shown = as_shown(mine.answers[key])
            values |= {f"q{place}": shown, f"was_q{place}": shown}
    for key, points in mine.scale.items():
        name, shown = points_name(key), as_shown(points)
        values |= {name: shown, f"was_{name}": shown}
    return values
