"""Which step the next round asks about, laid down anew with all that happens to steps (rule C2)."""

from __future__ import annotations

from couples.db import db
from couples.surveys.steps import services as services_steps
from couples.talks.sitting import rows
from couples.talks.sitting.rules import OpenStep, to_ask


def lay_down_next(couple_id: str) -> None:
    """Let the next round ask about the step it is to ask about, or about none.

    In the caller's transaction, with the couple locked and a round whose time has come made.
    """
    db.session.flush()
    # Of a partner who erased their account no words are left to ask about.
    steps = {step.id: step for step in rows.open_steps(couple_id) if step.words}
    asked = services_steps.asked_at(couple_id) if steps else {}
    back = rows.last_returns(couple_id) if steps else {}
    since = {step.id: max(step.made_at, back.get(step.id, step.made_at)) for step in steps.values()}
    chosen = to_ask(OpenStep(each, since[each], asked.get(each)) for each in steps)
    if chosen is None:
        services_steps.drop(couple_id)
    else:
        services_steps.ask_next(couple_id, chosen, steps[chosen].words)
