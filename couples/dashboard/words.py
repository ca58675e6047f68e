"""What the pictures say, in the reader's language; rules and geometry know no words.

Every sentence is a whole one for the translator, with names and numbers as placeholders.
"""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from couples import formats
from couples.dashboard import rules
from couples.dashboard.overview import Overview
from couples.dashboard.picture import chart, drawing
from couples.dashboard.rules import AgreementMark
from couples.dashboard.telling import Latest, Sentence, Told
from couples.dashboard.words_drawn import in_drawings, on


@dataclass(frozen=True, slots=True)
class Picture:
    """What the page draws and says of days: the chart in both sizes, its sentence, its dates."""

    narrow: drawing.Chart
    wide: drawing.Chart
    sentence: Markup
    date_block: "DateBlock | None"
    latest_day: str
    ranges: tuple["Range", ...]

    @property
    def everything(self) -> bool:
        """Whether all rounds there are were asked for."""
        return any(one.current and rules.RANGES[one.asks] is None for one in self.ranges)

    @property
    def file(self) -> str:
        """The address of the numbers shown, as a file."""
        return "/overview/numbers.csv" + "".join(one.query for one in self.ranges if one.current)


@dataclass(frozen=True, slots=True)
class Range:
    """How far back a page may look: by its address, in words, and whether it does so now."""

    asks: str
    words: str
    current: bool

    @property
    def query(self) -> str:
        """What is put behind an address; the usual twelve rounds need nothing."""
        return "" if rules.RANGES[self.asks] == rules.ROUNDS_SHOWN else f"?rounds={self.asks}"


@dataclass(frozen=True, slots=True)
class DateBlock:
    """A day as the small calendar leaf shows it."""

    weekday: str
    day: str
    month: str


def picture(overview: Overview) -> Picture:
    """The chart and its sentence in the reader's language."""
    words = in_drawings()
    series, marks = overview.overall, overview.marks
    return Picture(
        narrow=chart.draw(series, marks, drawing.NARROW, words),
        wide=chart.draw(series, marks, drawing.WIDE, words),
        sentence=say(overview.sentence, weekly=overview.weekly),
        date_block=_date_block(overview),
        latest_day=formats.long_day(overview.latest.opened_on) if overview.latest else "",
        ranges=ranges(overview.rounds, overview.most, weekly=overview.weekly),
    )


def ranges(rounds: int, most: int | None, *, weekly: bool) -> tuple[Range, ...]:
    """How far back a page with so many rounds may look, which shows at `most` so many now."""
    offered = rules.ranges_of(rounds).items()
    return tuple(Range(asks, _so_many(number, weekly), number == most) for asks, number in offered)


def _so_many(number: int | None, weekly: bool) -> str:
    if number is None:
        return str(_("All"))
    weeks = ngettext("%(num)s week", "%(num)s weeks", number)
    return str(weeks if weekly else ngettext("%(num)s time", "%(num)s times", number))


def event_name(mark: AgreementMark) -> str:
    """What an agreement mark is called in the table."""
    signed = _("Agreement signed, version %(number)s", number=mark.version)
    updated = _("Agreement updated, version %(number)s", number=mark.version)
    return str(signed if mark.kind == "signed" else updated)


def _date_block(overview: Overview) -> DateBlock | None:
    """The day the next page opens; while one is open its closing stands at the page's head."""
    due = overview.next_opening
    if due is None or overview.open_round:
        return None
    return DateBlock(*formats.on_a_leaf(due))


def say(said: Sentence, *, weekly: bool) -> Markup:
    """The sentence under the chart, names set in bold."""
    sentences = _of_both(said.told) if len(said.told) == 2 else [_of_one(t) for t in said.told]
    if said.latest is not None:
        sentences.append(_of_latest(said.latest, weekly, on(said.latest.on, said.years)))
    if said.furthest_apart_on is not None:
        sentences.append(_of_apart(on(said.furthest_apart_on, said.years), weekly))
    return Markup(" ").join(sentences)


def _of_both(told: tuple[Told, ...]) -> list[Markup]:
    one, other = told
    sentence = {
        ("went", "went"): _(
            "%(one)s went from %(one_first)s to %(one_last)s, "
            "%(other)s from %(other_first)s to %(other_last)s."
        ),
        ("went", "stayed"): _(
            "%(one)s went from %(one_first)s to %(one_last)s, %(other)s stayed at %(other_last)s."
        ),
        ("stayed", "went"): _(
            "%(one)s stayed at %(one_last)s, %(other)s went from %(other_first)s to %(other_last)s."
        ),
        ("stayed", "stayed"): _("%(one)s stayed at %(one_last)s, %(other)s at %(other_last)s."),
    }.get((one.verb, other.verb))
    if sentence is None:
        return [_of_one(one), _of_one(other)]
    return [_filled(sentence, **_numbers("one", one), **_numbers("other", other))]


def _numbers(prefix: str, told: Told) -> dict[str, object]:
    return {
        prefix: _bold(told.name),
        f"{prefix}_first": told.first,
        f"{prefix}_last": told.last,
    }


def _of_one(told: Told) -> Markup:
    sentence = {
        "went": _("%(name)s went from %(first)s to %(last)s."),
        "stayed": _("%(name)s stayed at %(last)s."),
        "back": _("%(name)s began and ended at %(last)s."),
    }[told.verb]
    return _filled(sentence, name=_bold(told.name), first=told.first, last=told.last)


def _of_latest(latest: Latest, weekly: bool, day: str) -> Markup:
    (one, one_value), (other, other_value) = latest.answers[0], latest.answers[-1]
    both = len(latest.answers) == 2
    if weekly and both:
        sentence = _("In the week of %(day)s %(one)s answered %(x)s, %(other)s answered %(y)s.")
    elif weekly:
        sentence = _("In the week of %(day)s %(one)s answered %(x)s.")
    elif both:
        sentence = _("On %(day)s %(one)s answered %(x)s, %(other)s answered %(y)s.")
    else:
        sentence = _("On %(day)s %(one)s answered %(x)s.")
    names = {"one": _bold(one), "other": _bold(other)}
    return _filled(sentence, day=day, x=one_value, y=other_value, **names)


def _of_apart(day: str, weekly: bool) -> Markup:
    if weekly:
        sentence = _("You were furthest apart in the week of %(day)s.")
    else:
        sentence = _("You were furthest apart on %(day)s.")
    return _filled(sentence, day=day)


def plain(said: Markup) -> str:
    """A sentence without its markup, for files."""
    return str(said.striptags())


def _bold(name: str) -> Markup:
    return Markup("<b>%s</b>") % name


def _filled(sentence: str, **words: object) -> Markup:
    # The translator's sentence is ours; what is put into it is escaped.
    return Markup(sentence) % words  # noqa: S704  # nosec B704
