"""What a state of a page is, and the steps that lead there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


def _no_clock(_instant: datetime) -> None:
    raise RuntimeError("the clock of a world is moved while a state of it is played")


@dataclass
class World:
    """What a state begins with: ids of persons by name, ids of things by kind, and the moment."""

    people: dict[str, str]
    now: datetime
    things: dict[str, str] = field(default_factory=dict)
    # Files chosen in a form, by the field's name.
    files: dict[str, bytes] = field(default_factory=dict)
    # Lets it be another moment in the running application.
    set_clock: Callable[[datetime], None] = _no_clock

    @property
    def maya(self) -> str:
        """Her id."""
        return self.people["Maya"]

    @property
    def jonas(self) -> str:
        """His id."""
        return self.people["Jonas"]


# What happens inside the running application before a page is asked for, or behind its back.
Act = Callable[[World], object]


@dataclass(frozen=True)
class Send:
    """Fill in the form whose action ends so, and send it, by the button that is named."""

    action: str
    fields: Mapping[str, str] = field(default_factory=dict)
    # The name and the value of the button.
    button: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Go:
    """Open another address in the same browser."""

    path: str


@dataclass(frozen=True)
class Meanwhile:
    """Something happens elsewhere while the page stands open."""

    act: Act


@dataclass(frozen=True)
class Attach:
    """A file is chosen in a field; the next form that is sent takes it along."""

    name: str
    made: Callable[[World], bytes]


@dataclass(frozen=True)
class Type:
    """Type into a field, with a browser only: what the script then shows."""

    name: str
    text: str
    # What is there afterwards.
    shows: str


@dataclass(frozen=True)
class Offline:
    """The network goes away, with a browser only."""


@dataclass(frozen=True)
class Unfold:
    """Open what is folded on the page, with a browser only."""


Step = Send | Go | Meanwhile | Attach | Type | Offline | Unfold


@dataclass(frozen=True)
class State:
    """One page in one state, by the names the design guide gives both."""

    key: str
    section: str
    page: str
    state: str
    path: str
    # Who is signed in; nobody by itself.
    who: str = ""
    world: str = "nobody"
    # The letter of the mock-up, where there is one.
    mockup: str = ""
    given: Act | None = None
    steps: tuple[Step, ...] = ()
    # The moment, where it is not the world's own.
    at: datetime | None = None
    status: int = 200
    # The one language it is in; there it is in every one by itself.
    language: str = ""
    # A file that is kept, and opened from where it lies.
    is_file: bool = False


class WrongStatus(Exception):
    """A page answered otherwise than its state says: what would be shown is another page."""

    def __init__(self, state: State, status: int) -> None:
        """Say both."""
        super().__init__(f"it answered {status}, not {state.status}")


def of(section: str, page: str, **common: Any) -> Callable[..., State]:
    """Return what makes the states of one page: key, the state's name, address, and the rest."""

    def made(key: str, state: str, path: str, **more: Any) -> State:
        return State(key, section, page, state, path, **{**common, **more})

    return made
