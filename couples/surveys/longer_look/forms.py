"""What a person may submit about a longer look."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField

from couples.autosave import RevisionField
from couples.surveys import rules
from couples.surveys.fields import PointsField, as_shown, points_name
from couples.surveys.longer_look.services import LONG_SCALE, Look


class LookForm(FlaskForm):  # type: ignore[misc]
    """Sixteen items, each of which may be left alone."""

    revision = RevisionField()
    then = StringField()
    # What another window kept meanwhile, by item.
    elsewhere: Mapping[str, int | None] = {}

    def points(self) -> list[PointsField]:
        """Return the items' fields in order."""
        return [self[points_name(item.key)] for item in LONG_SCALE.items]

    def given(self) -> dict[str, int | None]:
        """Return what is chosen, by item."""
        return {field.item.key: field.answer for field in self.points() if field.data}

    @property
    def finishes(self) -> bool:
        """Whether the button that ends it was pressed."""
        return bool(self.then.data == "finish")

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for one answer at least before it ends; a chosen 0 is one."""
        fine: bool = super().validate(extra_validators)
        if fine and self.finishes and not rules.has_any_answer(self.given(), ""):
            self.form_errors.append(_("Pick an answer first, or save and come back."))
            return False
        return fine

    def show_clash(self, newer: Look) -> None:
        """Lay the answers of another window beside those chosen here; sending again keeps these."""
        self.elsewhere = newer.points
        self.revision.data = str(newer.revision)
        self.form_errors.append(_("This was changed in another window too. Both are below."))

    def said_elsewhere(self, field: PointsField) -> str:
        """Return the answer another window kept to an item, where it is not this one."""
        if field.item.key not in self.elsewhere:
            return ""
        kept = self.elsewhere[field.item.key]
        if as_shown(kept) == field.data:
            return ""
        return str(
            _("In another window: %(answer)s", answer=field.item.label(kept) or _("skipped"))
        )


@cache
def _form_class() -> type[LookForm]:
    fields = {points_name(item.key): PointsField(item=item) for item in LONG_SCALE.items}
    return type("LookForm", (LookForm,), fields)


def look_form(look: Look | None) -> LookForm:
    """Return the form, filled with what is kept."""
    look = look or Look()
    shown = {points_name(key): as_shown(points) for key, points in look.points.items()}
    return _form_class()(data={**shown, "revision": str(look.revision)})
