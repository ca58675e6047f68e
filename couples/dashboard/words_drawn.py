"""What stands in the drawings and is read of them, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache, partial

from babel import Locale
from babel.lists import format_list
from flask_babel import get_locale
from flask_babel import gettext as _

from couples import formats
from couples.dashboard.picture import drawing
from couples.dashboard.rules import AgreementMark, Point


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said of each round of a drawing: found once, and filled in for every one."""

    heard: str
    heard_under: str
    dated_under: str
    no_answer: str
    only_me: str
    locale: Locale | None


def in_drawings() -> drawing.Words:
    """The words of every trend chart; both sizes say the same, which is worded once."""
    sentences = Sentences(
        _("%(day)s: %(answers)s."),
        _("%(day)s: %(answers)s. Version %(number)s of your agreement held then."),
        _("%(day)s, version %(number)s"),
        _("no answer"),
        _("%(name)s %(answer)s (only you see this)"),
        get_locale(),
    )
    return drawing.Words(
        no_answer=sentences.no_answer,
        usual=_("your usual"),
        event=cache(_event),
        day=cache(_day),
        reading=cache(partial(_reading, sentences)),
    )


def _event(mark: AgreementMark) -> tuple[str, str]:
    number = mark.version
    return _("Agreement, version %(number)s", number=number), _("Version %(number)s", number=number)


def _day(on: date, dated: drawing.Dated) -> str:
    if dated == "day":
        return formats.short_day(on)
    return formats.month_year(on) if dated == "month" else formats.short_day_year(on)


def _reading(of: Sentences, read: drawing.Reading) -> drawing.Spoken:
    """A round's answers, named in full for who listens and in two short lines for who looks."""
    day = on(read.on, read.years)
    list_of = _list_of(len(read.answers), of.locale)
    seen = list_of.format(*[f"{name} {_value(of, point)}" for name, point in read.answers])
    said = list_of.format(*[_said(of, name, point) for name, point in read.answers])
    if read.version is None:
        return drawing.Spoken(of.heard % {"day": day, "answers": said}, (day, seen))
    held = {"day": day, "answers": said, "number": read.version}
    heard = of.heard_under if read.tells_version else of.heard
    return drawing.Spoken(heard % held, (of.dated_under % held, seen))


def on(day: date, year: bool) -> str:
    """A day, with its year where it needs one to be told from another."""
    return formats.long_day_year(day) if year else formats.long_day(day)


@lru_cache(maxsize=16)
def _list_of(length: int, locale: Locale | None) -> str:
    """Return how so many items are written one after the other, with a place for each."""
    places = [f"{{{place}}}" for place in range(length)]
    return format_list(places, style="unit", locale=locale or "en")


def _value(of: Sentences, point: Point) -> str:
    return of.no_answer if point.value is None else str(point.value)


def _said(of: Sentences, name: str, point: Point) -> str:
    if point.only_me:
        return of.only_me % {"name": name, "answer": point.value}
    return f"{name} {_value(of, point)}"
