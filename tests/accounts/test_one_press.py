"""What counts as one press: the same page sent again, or somebody who presses anew (I12)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from couples import clock
from couples.accounts.models import AddressChange, Reset, SignUp
from couples.pairing import services_invites
from couples.pairing.models import Invite
from tests.cast import Cast, prove, sign_in
from tests.pages import forms_of
from tests.races import rows
from tests.tries import forget_tries

# The page, where its form goes, what it makes, and whether an address is typed.
FORMS: tuple[tuple[str, str, Any], ...] = (
    ("/signup", "/signup", SignUp),
    ("/reset", "/reset", Reset),
    ("/settings/address", "/settings/address", AddressChange),
    ("/settings/link", "/settings/link/mail", Invite),
)


@pytest.fixture
def ines(
    client: FlaskClient, cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlaskClient]:
    """Return Ines's browser, the clock standing still; she is linked to nobody."""
    monkeypatch.setattr(clock, "now", lambda: now)
    sign_in(client, cast.ines, now)
    prove(client, now)
    yield client
    forget_tries()


def draft_on(client: FlaskClient, page: str, action: str) -> str:
    """Return what the form on a page carries."""
    form = next(one for one in forms_of(client.get(page).text) if one.action == action)
    draft = form.named("draft")
    assert draft is not None
    return draft.value


def send(client: FlaskClient, action: str, draft: str, name: str = "kim") -> None:
    """Send the form with this draft and an address."""
    answer = client.post(action, data={"draft": draft, "address": f"{name}@example.org"})
    assert answer.status_code == 303, answer.text


@pytest.mark.parametrize(("page", "action", "model"), FORMS, ids=str)
def test_I12_a_page_sent_twice_makes_one_row_and_another_address_another(
    ines: FlaskClient, page: str, action: str, model: Any
) -> None:
    draft = draft_on(ines, page, action)
    for _press in range(2):
        send(ines, action, draft)
    assert len(rows(model)) == 1
    # Who comes back to correct a slip is not told that a letter goes where none does.
    send(ines, action, draft, "kimberly")
    assert len(rows(model)) == 2
    send(ines, action, "no token of ours", "lou")
    assert len(rows(model)) == 3


@pytest.mark.parametrize(("page", "action", "model"), FORMS[:3], ids=str)
def test_I12_whoever_presses_again_after_a_minute_is_somebody_whose_letter_never_came(
    ines: FlaskClient,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    page: str,
    action: str,
    model: Any,
) -> None:
    draft = draft_on(ines, page, action)
    for seconds, letters in ((0, 1), (59, 1), (60, 2)):
        moment = now + timedelta(seconds=seconds)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        send(ines, action, draft)
        assert len(rows(model)) == letters, seconds


def test_I12_two_presses_make_one_invite_and_one_taken_back_is_made_anew(
    ines: FlaskClient, cast: Cast, now: datetime
) -> None:
    draft = draft_on(ines, "/settings/link", "/settings/link/new")
    for _press in range(3):
        ines.post("/settings/link/new", data={"draft": draft})
    (invite,) = services_invites.open_invites(cast.ines, now)
    services_invites.withdraw(cast.ines, invite.id, now)
    ines.post("/settings/link/new", data={"draft": draft})
    (another,) = services_invites.open_invites(cast.ines, now)
    assert another.id != invite.id
