"""What a person may submit about what came of a talk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import ValidationError
from wtforms.widgets import DateInput

from couples.agreement.forms import choices, text_field
from couples.autosave import RevisionField
from couples.hints.forms import HintedForm
from couples.talks.agenda.shapes import ItemView
from couples.talks.sitting.rules import DONE, LET_GO, OPEN, TALKED
from couples.talks.sitting.shapes import StepView, StepWords, TalkPage, Written
from couples.text import clean_line

LONGEST = 300
# A step is something for the next while.
AHEAD = timedelta(days=366)
ONE, NONE = "one", "none"
ABOUT_AN_ITEM = ((TALKED, _l("Talked about")), (OPEN, _l("Leave it open")))
ABOUT_A_STEP = (
    (DONE, _l("It’s done")),
    (OPEN, _l("Leave it open")),
    (LET_GO, _l("Let it go")),
)


class ChosenField(RadioField):  # type: ignore[misc]
    """One of what is offered; nothing is chosen before a person chooses."""

    data: str | None

    def __init__(self, label: Any = None, missing: Any = "", **values: Any) -> None:
        """Remember what is said where nothing was chosen."""
        super().__init__(label, coerce=lambda value: value or None, **values)
        self.missing = missing

    def pre_validate(self, form: Any) -> None:
        """Refuse anything that was not offered."""
        if self.data not in {choice.value for choice in self.choices}:
            self.data = None
            if form.asks_for(self):
                raise ValidationError(self.missing)


class StepForm(HintedForm):
    """The one next step: what, who does it, until when."""

    words = text_field(
        _l("What is the step?"), LONGEST, hint=_l("Small enough that you could both see it done.")
    )
    owner = ChosenField(_l("Who does it?"), missing=_l("Choose who does it"))
    when = StringField(
        _l("Until when?"),
        filters=[clean_line],
        widget=DateInput(),
    )
    revision = RevisionField()
    # Whether the page this comes from showed what the other wrote meanwhile.
    newer = HiddenField()

    def __init__(self, my_name: str, today: date, **values: Any) -> None:
        """Offer both as those who do it, or oneself, never the other alone (rule A5)."""
        super().__init__(**values)
        self.today = today
        self.owner.choices = choices(
            [("both", _l("Both of us")), ("me", _l("Me, %(name)s", name=my_name))]
        )

    def asks_for(self, field: Any) -> bool:
        """Whether nothing may not be an answer to this."""
        return True

    def validate_words(self, field: StringField) -> None:
        """Ask for words."""
        if self.asks_for(field) and not field.data:
            raise ValidationError(_l("Write what the step is"))

    def validate_when(self, field: StringField) -> None:
        """Ask for a day ahead, or none."""
        if not self.asks_for(field) or not field.data:
            return
        if self.until is None:
            raise ValidationError(_l("Write a day, a month and a year, or leave it empty"))
        if not self.today <= self.until <= self.today + AHEAD:
            raise ValidationError(_l("Choose today or a day within a year"))

    @property
    def began_with(self) -> int:
        """Which revision was in sight when the page was made; 0 where nothing stood there yet."""
        return self.revision.number if self.revision.data else 0

    def catch_up(self, revision: int) -> bool:
        """Whether something newer stands there than the form began with: both have to be in sight.

        What the page shows by then is what the next press replaces (rule A9).
        """
        if not self.is_submitted() or (self.began_with == revision and not self.newer.data):
            return False
        self.revision.data, self.newer.data = str(revision), "1"
        return True

    @property
    def until(self) -> date | None:
        """The day until which it is to be done, if one was written."""
        try:
            return date.fromisoformat(self.when.data or "")
        except ValueError:
            return None

    @property
    def step(self) -> StepWords:
        """What was typed, once it is valid."""
        return StepWords(self.words.data, self.owner.data == "me", self.until)


class AfterForm(StepForm):
    """What was said of each line of the agenda, and one next step or none."""

    wanted = ChosenField(
        _l("Is there one next step?"),
        missing=_l("Choose one next step, or none"),
        choices=choices([(ONE, _l("Yes, this one")), (NONE, _l("No, not this time"))]),
    )
    # The talk's lines, set by after_form.
    brought: tuple[ItemView, ...] = ()
    steps: tuple[StepView, ...] = ()

    def asks_for(self, field: Any) -> bool:
        """Ask for the parts of a step only where there is one."""
        parts = {"words", "owner", "when"}
        return field.name not in parts or self.wanted.data == ONE

    def validate_wanted(self, field: ChosenField) -> None:
        """Let no words for a step get lost beside “no step”."""
        if field.data == NONE and self.words.data:
            raise ValidationError(_l("There are words for a step. Choose it, or take them away"))

    def items(self) -> Iterator[tuple[ItemView, ChosenField]]:
        """Return each thing that was brought, with its field."""
        return ((each, self[f"q-{each.id}"]) for each in self.brought)

    def steps_back(self) -> Iterator[tuple[StepView, ChosenField]]:
        """Return each step that came back, with its field."""
        return ((each, self[f"q-{each.id}"]) for each in self.steps)

    @property
    def written(self) -> Written:
        """What came of the talk, once it is valid."""
        ids = [*(item.id for item in self.brought), *(step.id for step in self.steps)]
        said = {line_id: self[f"q-{line_id}"].data or OPEN for line_id in ids}
        return Written(said, self.step if self.wanted.data == ONE else None)


class TopicForm(FlaskForm):  # type: ignore[misc]
    """Under which topic a step would be suggested."""

    topic = ChosenField(_l("Which topic does it belong to?"), missing=_l("Choose a topic"))

    def asks_for(self, field: Any) -> bool:
        """Ask for the one there is."""
        return True


def after_form(page: TalkPage, today: date) -> AfterForm:
    """Return the form of what came of this talk, with a question for each of its lines."""
    fields = {f"q-{each.id}": _about(each.words, ABOUT_AN_ITEM) for each in page.items}
    fields |= {f"q-{each.id}": _about(each.words, ABOUT_A_STEP) for each in page.steps}
    form: AfterForm = type("AfterForm", (AfterForm,), fields)(page.couple.me.name, today)
    form.brought, form.steps = page.items, page.steps
    # In the order of the page, so that what is missing is named in it, too.
    form._fields = {name: form[name] for name in (*fields, *form._fields)}
    return form


def _about(words: str, offered: Sequence[tuple[str, Any]]) -> ChosenField:
    missing = _l("Choose one for “%(words)s”", words=words)
    return ChosenField(choices=choices(offered), missing=missing)


def step_form(page: TalkPage, today: date) -> StepForm:
    """Return the form of a talk's step, with what stands there."""
    return StepForm(page.couple.me.name, today, data=values_of(page))


def values_of(page: TalkPage) -> dict[str, str]:
    """Return what the form begins with; the other's own step has to be chosen anew."""
    step, revision = page.step, str(revision_of(page))
    if step is None:
        return {"revision": revision}
    mine = step.owner is not None and step.owner.person_id == page.couple.me.person_id
    return {
        "words": step.words,
        "owner": "me" if mine else "" if step.owner else "both",
        "when": step.until.isoformat() if step.until else "",
        "revision": revision,
    }


def revision_of(page: TalkPage) -> int:
    """Return which wording of the step the page shows; 0 where there is none."""
    return page.step.revision if page.step else 0
