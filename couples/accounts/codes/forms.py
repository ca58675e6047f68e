"""What a person types for the second step."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired

from couples.accounts import throttle
from couples.accounts.codes import rules
from couples.accounts.forms import CodeFields


class CodeForm(CodeFields, FlaskForm):  # type: ignore[misc]
    """A code, by the time or from paper."""


class FirstCodeForm(FlaskForm):  # type: ignore[misc]
    """The first code an app shows: it proves that the app has the secret."""

    code = StringField(
        _l("Code from your app"),
        [InputRequired(_l("Add the six digits your app shows"))],
        description=_l("Six digits."),
    )
    # Which secret was on the page: a code of another one tells nothing.
    shown = HiddenField()

    def is_about_another(self, set_up_id: str) -> bool:
        """Whether another secret has taken the place of the one that was on the page."""
        return bool(self.shown.data) and self.shown.data != set_up_id


def only_paper_counts(form: CodeFields) -> bool:
    """Whether a typed code is not even looked at, and say so: too many were wrong today."""
    if not throttle.takes_paper_only() or rules.is_recovery_code(rules.bare(form.typed_code())):
        return False
    form.say_spent()
    return True
