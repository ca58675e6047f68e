"""The questions a round asks beside overall, as it keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from couples.agreement.listed import topic_name
from couples.agreement.services import VersionView
from couples.pairing.services import REMOVED

Rows = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One question as a round asks it: a promise's topic, one of the couple's own, or a step.

    `listed` is none for a topic in own words; of an own question, and of the step from the last
    talk, the name is its words.
    """

    id: str
    listed: str | None
    own_name: str
    promise: str
    own: bool = False
    step: bool = False

    @property
    def name(self) -> str:
        """The topic in the reader's language, or as its writer worded it."""
        gone = self.step and not self.own_name
        return str(REMOVED) if gone else topic_name(self.listed, self.own_name)


def topics_of(version: VersionView) -> dict[str, Asked]:
    """Return the topics of a version by id, in the order of its text."""
    return {
        one.topic_id: Asked(one.topic_id, one.listed, one.own_name, one.words)
        for one in version.promises
    }


def to_rows(asked: Iterable[Asked]) -> list[dict[str, Any]]:
    """Return the questions as a round keeps them."""
    return [_row(one) for one in asked]


def _row(one: Asked) -> dict[str, Any]:
    row: dict[str, Any] = {"id": one.id, "listed": one.listed, "name": one.own_name}
    kind = {name: True for name in ("own", "step") if getattr(one, name)}
    return {**row, "promise": one.promise, **kind}


def from_rows(rows: Rows) -> tuple[Asked, ...]:
    """Return the questions a round keeps; a scale beside them is none of these."""
    return tuple(_asked(row) for row in rows if "scale" not in row)


def _asked(row: Mapping[str, Any]) -> Asked:
    return Asked(
        id=row["id"] or "",
        listed=row["listed"],
        own_name=row["name"] or "",
        promise=row["promise"] or "",
        own=bool(row.get("own")),
        step=bool(row.get("step")),
    )


def scale_of(rows: Rows) -> str | None:
    """Return the name of the scale a round asks beside its questions, or none."""
    names = (str(row["scale"]) for row in rows if "scale" in row)
    return next(names, None)
