"""The file a person takes in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileAllowed, FileField, FileRequired
from wtforms import BooleanField


class TakeInForm(FlaskForm):  # type: ignore[misc]
    """One file, and whether its settings count here."""

    file = FileField(
        _l("File"),
        validators=[
            FileRequired(_l("Choose the file first")),
            FileAllowed(["json"], _l("Choose the JSON file: its name ends in .json")),
        ],
        description=_l("The JSON file you downloaded from a server of this kind, up to 2 MB."),
    )
    settings = BooleanField(
        _l("Take its settings too"),
        description=_l("Language, time zone and how emails come. Your name and email stay."),
    )
