"""The topics a round asks about, as it keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from couples.agreement.listed import topic_name
from couples.agreement.services import VersionView


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """One promise topic as a round asks about it; `listed` is none for a topic in own words."""

    id: str
    listed: str | None
    own_name: str
    promise: str

    @property
    def name(self) -> str:
        """The topic in the reader's language, or as its writer worded it."""
        return topic_name(self.listed, self.own_name)


def topics_of(version: VersionView) -> dict[str, Asked]:
    """Return the topics of a version by id, in the order of its text."""
    return {
        one.topic_id: Asked(one.topic_id, one.listed, one.own_name, one.words)
        for one in version.promises
    }


def to_rows(topics: Iterable[Asked]) -> list[dict[str, str | None]]:
    """Return the questions as a round keeps them."""
    return [
        {"id": one.id, "listed": one.listed, "name": one.own_name, "promise": one.promise}
        for one in topics
    ]


def from_rows(rows: Iterable[Mapping[str, str | None]]) -> tuple[Asked, ...]:
    """Return the questions a round keeps."""
    return tuple(
        Asked(row["id"] or "", row["listed"], row["name"] or "", row["promise"] or "")
        for row in rows
    )
