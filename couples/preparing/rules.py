"""Where clearing the air stands, told from what each of the two has done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# As one of the two sees it: nobody wants it · only the other does · only I do · both do, and I
# write · both do, and I am ready · both are ready · I have closed it.
State = Literal["rests", "offered", "asked", "writing", "folded", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Part:
    """What one person has done so far."""

    wants: bool = False
    put_away: bool = False
    ready: bool = False
    closed: bool = False


def state_of(mine: Part, theirs: Part) -> State:
    """Where it stands for the first of the two.

    Of the other's part only the wish counts, and readiness once one is ready oneself: nothing else
    of it changes what one sees.
    """
    if mine.closed:
        return "closed"
    if mine.wants and theirs.wants:
        return _started(mine, theirs)
    if mine.wants:
        return "asked"
    return "offered" if theirs.wants else "rests"


def _started(mine: Part, theirs: Part) -> State:
    if not mine.ready:
        return "writing"
    return "open" if theirs.ready else "folded"


def tells_of_wish(mine: Part, theirs: Part) -> bool:
    """Whether the calm line stands on one's page: the other's wish, not put away."""
    return state_of(mine, theirs) == "offered" and not mine.put_away
