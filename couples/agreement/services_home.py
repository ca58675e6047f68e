"""Where both stand with their agreement, on one page."""

from __future__ import annotations

from couples.agreement import rows
from couples.agreement.needs.services import my_needs
from couples.agreement.promises.services_side import topic_lines
from couples.agreement.shapes import Home, MyNeeds
from couples.agreement.signing.services import signing_of
from couples.agreement.signing.services_versions import document_in_force, kept_versions
from couples.errors import NotFound
from couples.pairing.services import CoupleView


def home(person_id: str) -> Home:
    """Return what this person's first page of the agreement shows."""
    needs = my_needs(person_id)
    if needs.couple is None:
        return Home(None, needs, False, (), "no_terms", False, None, 0, kept_versions(person_id))
    return _linked(needs.couple, needs)


def _linked(couple: CoupleView, needs: MyNeeds) -> Home:
    person_id = couple.me.person_id
    signing, void = signing_of(couple)
    document = document_in_force(couple.id)
    waits = couple.opened_at is not None and rows.readiness_of(person_id) is not None
    return Home(
        couple,
        needs,
        reveal_waits=waits,
        topics=topic_lines(couple),
        signing=signing,
        void=void,
        document=document,
        versions=document.of if document else 0,
        kept=kept_versions(person_id),
    )


def home_opened(person_id: str) -> Home:
    """Return the same once both pages are open, or raise NotFound before."""
    found = home(person_id)
    if found.couple is None or found.couple.opened_at is None:
        raise NotFound
    return found
