"""What a person may submit about a question of the couple's own."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import DataRequired

from couples.agreement.forms import Longest
from couples.hints.forms import HintedForm
from couples.surveys.own_questions.services import LONGEST
from couples.text import clean_line


class QuestionForm(HintedForm):
    """One question in one line."""

    words = StringField(
        _l("Your question"),
        [DataRequired(_l("Write a question first")), Longest(LONGEST)],
        filters=[clean_line],
        description=_l("One that can be answered from 1, not at all, to 7, completely."),
    )
