"""What a person may submit to the other's eyes: words for a promise, and what they hear."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import DateInput

from couples.agreement.forms import choices, text_field
from couples.agreement.needs.services_hearing import Heard, HearPage
from couples.agreement.promises.services import Wording
from couples.agreement.rules import TRIAL_LASTS, PromiseWords, may_try_until
from couples.autosave import RevisionField
from couples.hints.forms import HintedForm
from couples.text import clean_line, to_number

KEEP, AFRESH = "keep", "afresh"


class Sent(DataRequired):  # type: ignore[misc]
    """Asked for where words are sent, and not where they are only kept for later."""

    def __call__(self, form: Any, field: Any) -> None:
        """Ask, unless the words stay with their writer."""
        if form.then.data != KEEP:
            super().__call__(form, field)


class SentForm(HintedForm):
    """A form that keeps itself while it is typed, until a press sends it."""

    # Of what was typed and not sent, and of the shared words that were read before.
    revision = RevisionField()
    seen = StringField(filters=[clean_line])


class WordsForm(SentForm):
    """Words for a promise: the fields of what a good promise contains."""

    words = text_field(
        _l("The promise, in shared words"),
        600,
        Sent(_l("Write what the promise says")),
        hint=_l("It can be as short as “If …, then we …” or “When …, then we …”."),
    )
    owner = RadioField(_l("Whose promise is it?"), validate_choice=False, default="both")
    kept_when = text_field(
        _l("What counts as kept?"), 600, hint=_l("Something you could both see.")
    )
    otherwise = text_field(
        _l("What do we do when it can’t be?"), 600, hint=_l("So that nobody has to guess.")
    )
    how_often = text_field(_l("How often, or when?"), 600)
    on_trial = BooleanField(
        _l("Try it first"), description=_l("You look at it again on the day below.")
    )
    trial_until = StringField(_l("Try it until"), filters=[clean_line], widget=DateInput())
    note = text_field(_l("A note beside it"), 500, hint=_l("It isn’t part of the promise."))

    def __init__(self, my_name: str, today: date, begun: Wording) -> None:
        """Begin with these words; offer both as owners, or oneself, never the other alone."""
        super().__init__(data=values_of(begun, today))
        self.today = today
        self.owner.choices = choices(
            [("both", _l("Both of us")), ("me", _l("Me, %(name)s", name=my_name))]
        )

    def validate_trial_until(self, field: StringField) -> None:
        """Ask for a day ahead, where it is to be tried at all."""
        if not self.on_trial.data or self.then.data == KEEP:
            return
        if self.until is None:
            raise ValidationError(_l("Write a day, a month and a year"))
        if not may_try_until(self.until, self.today):
            raise ValidationError(_l("Choose a day after today, within a year"))

    @property
    def until(self) -> date | None:
        """The day until which it is to be tried, if one was chosen."""
        try:
            return date.fromisoformat(self.trial_until.data) if self.on_trial.data else None
        except ValueError:
            return None

    @property
    def wording(self) -> Wording:
        """What was suggested; only oneself or both can be bound (rule A5)."""
        words = PromiseWords(
            self.words.data,
            self.kept_when.data,
            self.otherwise.data,
            self.how_often.data,
            self.until,
        )
        mine, seen = self.owner.data == "me", self.seen.data or ""
        return Wording(words, mine, self.note.data, seen, self.revision.number)


def values_of(begun: Wording, today: date) -> dict[str, Any]:
    """Return what the form begins with; a trial is offered for four weeks."""
    words = begun.words
    until = words.trial_until if words.trial_until and words.trial_until > today else None
    return {
        "words": words.words,
        "owner": "me" if begun.mine else "both",
        "kept_when": words.kept_when,
        "otherwise": words.otherwise,
        "how_often": words.how_often,
        "on_trial": until is not None,
        "trial_until": (until or today + TRIAL_LASTS).isoformat(),
        "note": begun.note,
        "seen": begun.seen,
        "revision": str(begun.revision),
    }


class HearForm(SentForm):
    """What a person hears in the other's need."""

    words = text_field(
        _l("What I hear"),
        600,
        Sent(_l("Write what you hear")),
        hint=_l("In your own words: what matters here, and why."),
    )

    def __init__(self, page: HearPage) -> None:
        """Begin with what was typed, or said before."""
        heard = page.heard
        begun = {"words": heard.words, "seen": heard.seen, "revision": heard.revision}
        super().__init__(data={name: str(value) for name, value in begun.items()})

    @property
    def heard(self) -> Heard:
        """What was written."""
        return Heard(self.words.data, to_number(self.seen.data), self.revision.number)


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """Whether that is it; the answer belongs to the words that were read."""

    answer = StringField()
    revision = RevisionField()
