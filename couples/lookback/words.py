"""What a look back says, in the reader's language: the page and the file say it alike."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup

from couples import formats
from couples.dashboard import words, words_drawn
from couples.dashboard.picture import chart, drawing
from couples.dashboard.words import event_name
from couples.lookback.rules import HalfYear
from couples.lookback.shapes import Held, HeldVersion, LookBack

__all__ = [
    "became", "drawn", "event_name", "heading", "nothing_opened", "sentence", "until",
    "version_line",
]  # fmt: skip


def heading(half: HalfYear) -> str:
    """The half year by its first day and the first one after it."""
    begins, ends = formats.long_day_year(half.begins), formats.long_day_year(half.ends)
    return str(_("From %(first)s to %(last)s", first=begins, last=ends))


def sentence(found: LookBack) -> Markup:
    """What the lines say, in the words of the overview."""
    return words.say(found.sentence, weekly=found.weekly)


def drawn(found: LookBack, size: drawing.Size) -> drawing.Chart:
    """The lines as the overview draws them."""
    return chart.draw(found.overall, found.marks, size, words_drawn.in_drawings())


def version_line(version: HeldVersion) -> str:
    """One version: its number and since when it held."""
    day = formats.day_year(version.since)
    return str(_("Version %(n)s, since %(day)s", n=version.number, day=day))


def became(held: Held) -> str:
    """What had become of a talk's step by the end; nothing where none came of it."""
    said = {
        "done": _("Done."),
        "let_go": _("Let go."),
        "review": _("It waits for the next review."),
        "open": _("The step was open at the end of these months."),
    }
    return str(said[held.state]) if held.state else ""


def nothing_opened() -> str:
    """What stands where no number opened for both."""
    return str(_("Nothing opened for both of you in these months."))


def until(held: Held) -> str:
    """Until when a talk's step was meant; nothing where no day was named."""
    return str(_("Until %(day)s", day=formats.long_day(held.until))) if held.until else ""
