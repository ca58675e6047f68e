"""What a person may submit when an agreement is read again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import ValidationError

from couples.agreement.forms import choices
from couples.agreement.review.rules import CHANGED, KEPT, OPEN, RETIRED
from couples.agreement.review.shapes import Answers, Asked, ReviewPage
from couples.text import clean_line

ABOUT_A_PROMISE = (
    (KEPT, _l("It goes on as it is")),
    (CHANGED, _l("I’d word it differently")),
    (RETIRED, _l("I’d let it go")),
    (OPEN, _l("Leave it open")),
)
ABOUT_TERMS = (
    (KEPT, _l("It goes on as it is")),
    (CHANGED, _l("I’d change it")),
    (OPEN, _l("Leave it open")),
)


def to_answer(value: Any) -> str | None:
    """Read what was chosen; nothing is no answer."""
    return str(value) or None


class AnswerField(RadioField):  # type: ignore[misc]
    """What becomes of one promise; nothing is chosen before a person chooses."""

    data: str | None

    def pre_validate(self, form: Any) -> None:
        """Refuse anything that was not offered."""
        if self.data is not None and self.data not in {choice.value for choice in self.choices}:
            self.data = None
            raise ValidationError(_l("Choose one of these, or leave it open"))


class ReviewForm(FlaskForm):  # type: ignore[misc]
    """One answer for each question; any can be left alone."""

    version = StringField(filters=[clean_line])
    # The questions the page showed: one that is gone by now was answered by both meanwhile.
    shown = StringField(filters=[clean_line])
    asked: tuple[Asked, ...] = ()

    def questions(self) -> Iterator[tuple[Asked, AnswerField]]:
        """Return each question with its field, in the text's order."""
        return ((each, self[each.question.key]) for each in self.asked)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask once more where nothing at all was chosen."""
        fine: bool = super().validate(extra_validators)
        if fine and self.asked and not any(field.data for _each, field in self.questions()):
            self.form_errors.append(str(_l("Choose for one of them, or come back another time")))
            return False
        return fine

    @property
    def answers(self) -> Answers:
        """What was chosen on this page, without what it already said when it was shown."""
        chosen = {
            field.name: field.data
            for _each, field in self.questions()
            if field.data and field.data != self[f"was-{field.name}"].data
        }
        return Answers(self.version.data or "", chosen)

    @property
    def is_late(self) -> bool:
        """Whether something the page asked about is settled by now."""
        return not set((self.shown.data or "").split()) <= {
            each.question.key for each in self.asked
        }


def review_form(page: ReviewPage) -> ReviewForm:
    """Return the form of what is asked now, with this person's own earlier answers."""
    fields: dict[str, Any] = {}
    for each in page.asked:
        offered = choices(ABOUT_A_PROMISE if each.promise else ABOUT_TERMS)
        key, mine = each.question.key, each.mine or None
        fields[key] = AnswerField(choices=offered, coerce=to_answer, default=mine)
        fields[f"was-{key}"] = HiddenField(default=each.mine)
    form: ReviewForm = type("ReviewForm", (ReviewForm,), fields)()
    form.asked = page.asked
    return form
