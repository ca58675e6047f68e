"""Which of the two files a person takes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf

FILES = ("json", "html")


class ExportForm(FlaskForm):  # type: ignore[misc]
    """One press of one of the two buttons."""

    kind = StringField(
        _l("File"), validators=[AnyOf(FILES, message=_l("Press one of the two buttons"))]
    )
