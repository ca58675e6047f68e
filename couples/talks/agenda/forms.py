"""What a person may submit about what they bring."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import DataRequired

from couples.agreement.forms import Longest
from couples.autosave import RevisionField
from couples.hints.forms import HintedForm
from couples.talks.agenda.rules import LONGEST
from couples.text import clean_line


class ItemForm(HintedForm):
    """One thing in one line, and what it is about; it is read once more before it is added."""

    words = TextAreaField(
        _l("What would you like to bring?"),
        [DataRequired(_l("Write a few words first")), Longest(LONGEST)],
        filters=[clean_line],
        description=_l("One thing, in a line or two."),
    )
    about = HiddenField(filters=[clean_line])
    # The wording of one's own item that the page began with.
    revision = RevisionField()

    @property
    def is_read(self) -> bool:
        """Whether it was pressed where the words stand as the other will read them."""
        return bool(self.then.data == "add")

    @property
    def is_written_on(self) -> bool:
        """Whether the press leads back to the words."""
        return self.looked or bool(self.is_submitted() and self.then.data == "change")
