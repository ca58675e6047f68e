"""A look back: the same numbers for both, on the page and in the file (rules C5, O1, O2)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from couples import clock
from couples.agreement.document.pdf import TURN
from couples.db import db, transaction
from couples.lookback import services as services_back
from couples.talks.models import AgendaItem, Step, Talk
from tests.cast import Cast, sign_in
from tests.dashboard.half_a_year import FIRST, WEEK, Answer, Week, after, answer, write

KEPT = Answer(7, 7, shared=False, words="Lavender.")
WEEKS: list[Week] = [
    (Answer(3, 2), Answer(5, 6)),
    (Answer(4, 3), KEPT),
    (KEPT, Answer(2, 2)),
    *[(Answer(4 + week % 2, 3), Answer(5, 2 + week % 3)) for week in range(24)],
    # Opens on the third of September, when the half year is over.
    (Answer(1, 1), Answer(1, 1)),
]
PAGE, FILE = "/overview/back/1", "/overview/back/1/document.pdf"


@pytest.fixture
def rounds(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Half a year and more behind the two, with a talk in it."""
    monkeypatch.setattr(clock, "now", lambda: after(len(WEEKS)))
    found = write(cast, WEEKS, versions=3)
    _talks(cast)
    return found


@transaction()
def _talks(cast: Cast) -> None:
    for week, state in ((4, {"done_at": FIRST}), (9, {}), (40, {})):
        talked_at = FIRST + week * WEEK
        talk = Talk(couple_id=cast.couple, made_at=talked_at, talked_at=talked_at)
        db.session.add(talk)
        db.session.flush()
        mine = {"couple_id": cast.couple, "author_id": cast.maya, "talk_id": talk.id}
        item = AgendaItem(**{**mine, "author_id": cast.jonas}, added_at=talked_at)
        item.words = f"Thing {week}."
        step = Step(**mine, until=date(2026, 5, 1), made_at=talked_at, **state)
        step.words = f"Step {week}."
        db.session.add_all([item, step])


def main_of(client: FlaskClient, address: str, person_id: str) -> str:
    """Return what stands in the middle of a page, without tokens."""
    sign_in(client, person_id, clock.now())
    got = client.get(address)
    assert got.status_code == 200
    found = re.search(r"<main.*</main>", got.text, re.DOTALL)
    assert found
    return found[0]


def text_of(client: FlaskClient, person_id: str, paper: str = "a4") -> str:
    """Return the words of the file."""
    sign_in(client, person_id, clock.now())
    got = client.get(FILE, query_string={"paper": paper})
    assert got.status_code == 200 and got.mimetype == "application/pdf"
    assert "document-1.pdf" in got.headers["Content-Disposition"]
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(got.data)).pages)


def test_C5_both_see_the_same_page_and_the_same_file_to_the_byte(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    pages = [main_of(client, PAGE, one) for one in (cast.maya, cast.jonas)]
    files = [text_of(client, one) for one in (cast.maya, cast.jonas)]
    assert pages[0] == pages[1] and files[0] == files[1]
    for told in ("Step 4.", "Thing 9.", "Done.", "The step was open", "Version 3, since"):
        assert told in pages[0] and told in files[0]
    for out in ("Step 40.", "Lavender", "only you"):
        assert out not in pages[0] and out not in files[0]


def test_C5_what_only_one_of_them_sees_changes_no_byte_for_either(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    people = (cast.maya, cast.jonas)
    before = [main_of(client, PAGE, one) for one in people], text_of(client, cast.maya)
    for given in (None, Answer(1, 1, shared=False), Answer(6, 5, shared=True, withdrawn=True)):
        answer(rounds[1], cast.jonas, given)
        answer(rounds[2], cast.maya, given)
        assert [main_of(client, PAGE, one) for one in people] == before[0]
    assert text_of(client, cast.jonas) == before[1]


def test_what_became_of_a_step_later_does_not_change_the_page(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    before = main_of(client, PAGE, cast.maya)
    later = datetime(2026, 9, 2, tzinfo=UTC)
    for at, changes in ((later, False), (later - timedelta(seconds=1), True)):
        for step in db.session.scalars(db.select(Step)):
            step.done_at = step.done_at or at
        db.session.commit()
        assert (main_of(client, PAGE, cast.maya) != before) is changes
        for step in db.session.scalars(db.select(Step).where(Step.done_at == at)):
            step.done_at = None
        db.session.commit()


def test_a_step_written_down_after_the_half_year_is_no_part_of_it(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    end = datetime(2026, 9, 2, tzinfo=UTC)
    for at, shown in ((end, False), (end - timedelta(seconds=1), True)):
        for step in db.session.scalars(db.select(Step)):
            if step.words == "Step 9.":
                step.made_at = at
        db.session.commit()
        page = main_of(client, PAGE, cast.maya)
        assert ("Step 9." in page) is ("The step was open" in page) is shown
        assert "Thing 9." in page


def test_O4_every_number_of_the_strips_stands_in_a_table_beside_its_week(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    page = main_of(client, PAGE, cast.maya)
    found = services_back.look_back(cast.maya, 1, clock.now())
    table = page.partition('<caption class="vh">Need by need: ')[2].partition("</table>")[0]
    assert table.count('scope="rowgroup"') == len(found.needs)
    assert table.count('scope="row"') == sum(len(one.series.days) for one in found.needs)
    assert '<th scope="row">5 Mar</th><td>2</td><td>6</td>' in table


def test_every_round_of_the_chart_leads_to_its_row(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    page = main_of(client, PAGE, cast.maya)
    linked = set(re.findall(r'<a href="#([^"]+)"', page))
    assert linked and linked <= set(re.findall(r'<tr id="([^"]+)"', page))


def test_while_other_files_are_made_the_same_page_says_so_as_of_the_agreement(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    sign_in(client, cast.maya, clock.now())
    with TURN:
        got = client.get(FILE)
    assert (got.status_code, got.headers["Retry-After"]) == (503, "2")
    assert "Another file is being made. Try again in a moment." in got.text


def test_the_file_has_the_numbers_of_the_page(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    found = services_back.look_back(cast.maya, 1, clock.now())
    assert len(found.overall.days) == 26
    words = text_of(client, cast.maya, "letter").split()
    page = main_of(client, PAGE, cast.jonas)
    rows = re.findall(
        r'<tr id="[^"]*"><th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td>', page
    )
    assert len(rows) == 26
    assert ("19 Mar", "no answer", "no answer") in rows
    joined = " ".join(words)
    for row in rows:
        assert " ".join(row) in joined


def test_a_round_belongs_to_the_half_year_it_opened_in(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    found = services_back.look_back(cast.jonas, 1, clock.now())
    assert (found.half_year.begins, found.half_year.ends) == (date(2026, 3, 2), date(2026, 9, 2))
    assert found.overall.days[-1] == date(2026, 8, 27)
    assert [len(row.days) for row in found.needs[0].rows] == [2, 12, 12]
    assert [one.number for one in found.versions] == [1, 2, 3]


@pytest.mark.parametrize("number", [0, 2, 77])
def test_S7_a_half_year_that_is_not_over_is_not_there(
    client: FlaskClient, cast: Cast, rounds: list[str], number: int
) -> None:
    sign_in(client, cast.maya, clock.now())
    for address in (f"/overview/back/{number}", f"/overview/back/{number}/document.pdf"):
        assert client.get(address).status_code == 404


def test_S7_nobody_else_looks_back_on_it(
    client: FlaskClient, cast: Cast, rounds: list[str]
) -> None:
    for person_id in (cast.other, cast.ines):
        sign_in(client, person_id, clock.now())
        assert client.get(PAGE).status_code == client.get(FILE).status_code == 404


def test_the_list_says_when_there_is_something(
    client: FlaskClient, cast: Cast, rounds: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = main_of(client, "/overview/back", cast.maya)
    assert listed == main_of(client, "/overview/back", cast.jonas)
    assert PAGE in listed and "Tuesday 2 March 2027" in listed
    monkeypatch.setattr(clock, "now", lambda: FIRST + timedelta(days=1))
    assert "Wednesday 2 September 2026" in main_of(client, "/overview/back", cast.maya)
    assert "Nothing to look back on yet" in main_of(client, "/overview/back", cast.ines)


def test_a_half_year_in_which_nothing_opened_says_so(
    client: FlaskClient, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: after(30))
    write(cast, [(KEPT, Answer(2, 2))])
    for address in (PAGE, FILE):
        sign_in(client, cast.maya, clock.now())
        assert client.get(address).status_code == 200
    assert "Nothing opened for both of you" in main_of(client, PAGE, cast.jonas)
    assert "Nothing opened for both of you" in text_of(client, cast.jonas)
