"""What a refresh has come to: which listing was priced by whom, what is missing, and what providers said instead."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from application.market_data.due import Due
from domain.fx import Pair
from domain.policy.canonical import Json
from domain.price_point import PricePoint

NAMED_MAX = 5


@dataclass(slots=True)
class Outcome:
    """Filled in while providers are asked. ``asked`` are those that were, ``left_alone`` those that rest meanwhile.

    ``priced``, ``fresh`` and ``closed`` are listings with a usable price, one that needs no other, and a close.
    """

    due: Sequence[Due]
    pairs: Sequence[Pair]
    priced: dict[UUID, str] = field(default_factory=dict)
    fresh: set[UUID] = field(default_factory=set)
    closed: set[UUID] = field(default_factory=set)
    rated: dict[Pair, str] = field(default_factory=dict)
    new_prices: int = 0
    asked: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    payloads: list[str] = field(default_factory=list)
    frozen_because: str | None = None

    def take(self, provider: str, points: Iterable[PricePoint]) -> None:
        """Prices that everybody may use have come from a provider."""
        due = {each.wanted.listing_id: each for each in self.due}
        for point in points:
            wanted = due[point.listing_id]
            if point.as_of >= wanted.usable_since:
                self.priced.setdefault(point.listing_id, provider)
            if point.as_of >= wanted.fresh_since:
                self.fresh.add(point.listing_id)
            if point.is_close:
                self.closed.add(point.listing_id)

    @property
    def unpriced(self) -> list[Due]:
        """The listings that nobody gave a usable price of."""
        return [each for each in self.due if each.wanted.listing_id not in self.priced]

    @property
    def unrated(self) -> list[Pair]:
        """The pairs that nobody gave a usable rate of."""
        return [pair for pair in self.pairs if pair not in self.rated]

    @property
    def is_complete(self) -> bool:
        """Whether everything that was wanted has come."""
        return not self.unpriced and not self.unrated

    def summary(self) -> str:
        """All of it in a few plain sentences."""
        return " ".join(self._sentences())

    def complaint(self) -> str:
        """What is missing, and why, for the person who is called."""
        return " ".join([*self._missing(), *list(dict.fromkeys(self.notes))[:NAMED_MAX]])

    def _missing(self) -> Iterator[str]:
        if self.unpriced:
            yield f"No provider gave a usable price of {_named(each.wanted.symbol for each in self.unpriced)}."
        if self.unrated:
            yield f"No provider gave a usable rate of {_named(str(pair) for pair in self.unrated)}."

    def _sentences(self) -> Iterator[str]:
        if self.priced:
            counts = Counter(self.priced.values())
            first, *others = (f"{count} by {name}" for name, count in counts.most_common())
            number, by = first.split(" ", 1)
            total = len(self.due)
            listings = "1 listing" if total == 1 else f"{total} listings"
            yield f"{', '.join([f'{number} of {listings} priced {by}', *others])}; {_new(self.new_prices)}."
        yield from self._missing()
        yield from dict.fromkeys(self.notes)
        if self.frozen_because is not None:
            yield f"The portfolio was frozen meanwhile: {self.frozen_because}"

    def snapshot(self, now: datetime) -> Mapping[str, Json]:
        """What was asked for, who answered, and the hashes of what they sent."""
        return {
            "kind": "price_refresh",
            "as_of": now,
            "listings": {
                str(each.wanted.listing_id): self.priced.get(each.wanted.listing_id) for each in self.due
            },
            "rates": {str(pair): self.rated.get(pair) for pair in self.pairs},
            "asked": list(self.asked),
            "payloads": sorted(set(self.payloads)),
        }


def _new(count: int) -> str:
    return {0: "nothing new", 1: "1 price is new"}.get(count, f"{count} prices are new")


def _named(names: Iterable[str]) -> str:
    every = list(names)
    more = f" and {len(every) - NAMED_MAX} more" if len(every) > NAMED_MAX else ""
    return f"{', '.join(every[:NAMED_MAX])}{more}"
