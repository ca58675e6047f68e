"""What happens in one feature and is heard in a later one: every signal and who hears it."""

from __future__ import annotations


def connect_signals() -> None:
    """Tell later features what happened in earlier ones, in the same transaction."""
    from couples.accounts.services_returned import on_complained, on_delivered_again, on_returned
    from couples.accounts.signals import erased, moved, readdressed, wanted
    from couples.agreement.receivers import on_linked, on_parted
    from couples.agreement.services_erasing import redact
    from couples.agreement.signals import in_force
    from couples.dashboard.cards.services_erasing import forget_cards
    from couples.mail.signals import complained, delivered_again, returned
    from couples.pairing.services_erasing import forget_invites
    from couples.pairing.services_linking import block_unwanted
    from couples.pairing.signals import linked, parted
    from couples.preparing.services_erasing import forget_preparing
    from couples.privacy.services_erasing import forget_notes
    from couples.surveys.letters.services import follow_zone, start_again, stop_unwanted
    from couples.surveys.letters.services_links import replace_links
    from couples.surveys.rounds.services_plan import cancel_rounds, plan_rounds
    from couples.surveys.services_erasing import forget_answers
    from couples.talks.receivers import call_off_talks
    from couples.talks.services_erasing import forget_talks

    returned.connect(on_returned)
    delivered_again.connect(on_delivered_again)
    for hear in (on_complained, stop_unwanted, block_unwanted):
        complained.connect(hear)
    moved.connect(follow_zone)
    wanted.connect(start_again)
    readdressed.connect(replace_links)
    linked.connect(on_linked)
    in_force.connect(plan_rounds)
    for hear_parting in (on_parted, cancel_rounds, call_off_talks):
        parted.connect(hear_parting)
    for forget in (
        forget_invites, forget_preparing, redact, forget_answers, forget_cards, forget_talks,
        forget_notes,
    ):  # fmt: skip
        erased.connect(forget)
