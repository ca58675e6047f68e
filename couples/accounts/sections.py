"""The settings page: one page to which every feature adds its sections."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel.speaklater import LazyString
from flask_login import current_user

from couples import clock

Values = Callable[[str, datetime], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Section:
    """One leaf of the settings page."""

    key: str
    place: int
    label: LazyString | str
    template: str
    values: Values


sections: dict[str, Section] = {}


def add_section(
    key: str, *, place: int, label: LazyString | str, template: str, values: Values
) -> None:
    """Add a section: `values(person_id, now)` fills its template as `it`; None leaves it out.

    A value named `label` goes before the section's own. The template's outermost element is
    <section class="leaf" id="{{ section.key }}">.
    """
    sections[key] = Section(key, place, label, template, values)


def settings_page(status: int = 200, **changed: dict[str, Any]) -> ResponseReturnValue:
    """Render the page; `changed` puts values over a section's own, such as a form with errors."""
    person_id, now = current_user.person_id, clock.now()
    shown = []
    for section in sorted(sections.values(), key=lambda one: one.place):
        values = section.values(person_id, now)
        if values is not None:
            shown.append(
                (section, {"label": section.label, **values, **changed.get(section.key, {})})
            )
    page = render_template("accounts/settings.html", shown=shown, title_error=status >= 400)
    return page, status
