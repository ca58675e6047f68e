"""What my partner sees: to be looked at by its person alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from couples import clock
from couples.accounts.door import fresh_proof
from couples.accounts.sections import add_section
from couples.agreement.signing.services_versions import kept_versions
from couples.pairing.services import couple_or_none
from couples.privacy.blueprint import pages
from couples.privacy.seen import services
from couples.privacy.seen.wording import SAID_ON_REVIEW_DAYS, SAID_TO_WHAT_WAS_HEARD
from couples.surveys.answering.scale import SCALE_ASKED


@pages.get("/settings/seen")
@fresh_proof
def seen() -> ResponseReturnValue:
    """Show everything of one's own that the partner's pages show, and say what never is there."""
    found = services.seen(current_user.person_id, clock.now())
    said = {"to_heard": SAID_TO_WHAT_WAS_HEARD, "on_review_days": SAID_ON_REVIEW_DAYS}
    values = {"said": said, "most_points": SCALE_ASKED.highest}
    is_kept = found is None and bool(kept_versions(current_user.person_id))
    return render_template("privacy/seen.html", seen=found, is_kept=is_kept, **values)


def _values(person_id: str, now: datetime) -> dict[str, Any]:
    couple = couple_or_none(person_id)
    named = _("What %(name)s sees of you", name=couple.partner.name) if couple else ""
    return {"seen": named or _("What a partner would see of you")}


add_section(
    "words", place=62, label=_l("Your words"), template="privacy/_words.html", values=_values
)
