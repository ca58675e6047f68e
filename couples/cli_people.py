"""What an operator does to one account, because its person asked: its own log tells."""

from __future__ import annotations

import click

from couples.settings import Settings


@click.command("sign-out")
@click.argument("address")
def sign_out(address: str) -> None:
    """Sign out everywhere whoever has ADDRESS, or had it until lately."""
    from couples import upkeep

    upkeep.sign_out(Settings.from_process(), address)
    # The same for every address: whether it has an account is nobody's to ask here.
    click.echo("If this address has an account here, it is signed out everywhere.")


@click.command("codes-off")
@click.argument("address")
def codes_off(address: str) -> None:
    """Ask whoever has ADDRESS for no sign-in codes any more, and sign them out everywhere."""
    from couples import upkeep

    upkeep.turn_codes_off(Settings.from_process(), address)
    click.echo("If this address has an account here with sign-in codes, they are switched off.")
