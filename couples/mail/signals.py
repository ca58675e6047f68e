"""What features may want to know of letters; receivers run in the sender's transaction."""

from __future__ import annotations

from blinker import Signal

returned = Signal("Nobody has an address we wrote to: address_index, now.")
delivered_again = Signal("A suppressed address took a letter after all: address_index.")
complained = Signal(
    "A reader called a letter unwanted: kind, person_id, address_index, about_id, now."
)
