"""Where what is stored and what it should be part."""

from dataclasses import dataclass, field

TOLD_MAX = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: the event's number, None where it belongs to no event, what differs, and both sides of it.

    A side is None where there is nothing. ``key`` says which of its kind it is, such as a row's key. ``is_content``
    says that key and sides are of somebody's portfolio, and no hashes or words of ours.
    """

    number: int | None
    what: str
    expected: str | None
    found: str | None
    is_content: bool = False
    key: str | None = None

    @property
    def name(self) -> str:
        """What differs and which, in clear."""
        return f"{self.what} {self.key}" if self.key else self.what


@dataclass(slots=True)
class Differences:
    """Differences in the order in which they were come upon; the first hundred are told, all are counted."""

    told: list[Difference] = field(default_factory=list)
    count: int = 0

    def note(self, difference: Difference) -> None:
        """Take note of one more."""
        self.count += 1
        if len(self.told) < TOLD_MAX:
            self.told.append(difference)
