"""A new password by a letter's link, where codes are on: it asks for a code as well (rule P2).

Who reads the mailbox cannot change the password, and so nothing else either.
"""

from __future__ import annotations

from couples import clock
from couples.accounts import services_passwords, throttle
from couples.accounts.codes.forms import only_paper_counts
from couples.accounts.codes.services_taking import take
from couples.accounts.events.services import note_daily
from couples.accounts.forms import ResetForm
from couples.accounts.services_passwords import Wish, WrongCode
from couples.accounts.throttle import Owed


def owed(token: str) -> Owed | None:
    """Return whose code the link's page asks for, where it asks for one."""
    wish = services_passwords.look_at_reset(token, clock.now())
    # The first part of the token names the wish; the rest only proves it.
    by = token.partition(".")[0]
    return Owed(by, wish.person_id, wish.knows.address) if wish.asks_code else None


def is_set(form: ResetForm, token: str, wish: Wish) -> bool:
    """Set the password, with the code in one piece, or say that the code was wrong."""
    now, typed = clock.now(), form.typed_code() if wish.asks_code else ""
    if wish.asks_code and only_paper_counts(form):
        return False

    def second(person_id: str) -> bool:
        return take(person_id, typed, now) is not None

    try:
        services_passwords.reset(token, form.password.data, now, second=second)
    except WrongCode:
        note_daily(wish.person_id, "reset_codes_wrong", now)
        throttle.count_as_wrong()
        form.say_wrong()
        return False
    return True
