"""Prices that were stopped and wait for a person, and what the person says of them (DOMAIN §4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from domain.price_point import PricePoint
from domain.quality.events import IN_WORDS, PricesDiscarded, PricesReleased
from domain.refusals import Invalid

Ruling = Literal["released", "discarded"]
"""They are prices after all · nothing ever uses them."""

SAID: Mapping[Ruling, type[PricesReleased] | type[PricesDiscarded]] = {
    "released": PricesReleased,
    "discarded": PricesDiscarded,
}


RELEASED_BY_NAME = ("scale", "currency_mismatch")
"""What these rules stopped is most likely in another unit: used after all, it decides a hundredfold."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A price that waits for a person, and the rule that stopped it."""

    point: PricePoint
    rule: str


@dataclass(frozen=True, slots=True)
class Picked:
    """Which of a listing's waiting prices are meant; what is None picks nothing out.

    Of a price ``since`` and ``until`` are met by its own moment, and both are included.
    """

    rule: str | None = None
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None

    def picks(self, waiting: Waiting) -> bool:
        """Whether a price is meant."""
        point = waiting.point
        return (
            self.rule in (None, waiting.rule)
            and self.source in (None, point.source)
            and (self.since is None or self.since <= point.as_of)
            and (self.until is None or point.as_of <= self.until)
        )


def settle(
    listing_id: UUID,
    symbol: str,
    waiting: Sequence[Waiting],
    picked: Picked,
    ruling: Ruling,
    reason: str,
) -> list[PricesReleased | PricesDiscarded]:
    """Release or discard what is picked of a listing's waiting prices; where nothing is, it is already so.

    Raises Invalid for a release of prices in what is likely another unit that does not name their rule.
    """
    meant = [each for each in waiting if picked.picks(each)]
    if ruling == "released" and picked.rule is None:
        _require_name(meant)
    if not meant:
        return []
    still_waiting = {each.rule for each in waiting if not picked.picks(each)}
    rules = tuple(sorted({each.rule for each in meant}))
    values = [each.point.value for each in meant if each.point.value is not None]
    moments = [each.point.as_of for each in meant]
    return [
        SAID[ruling](
            listing_id=listing_id,
            symbol=symbol,
            prices=len(meant),
            lowest=min(values, default=None),
            highest=max(values, default=None),
            since=min(moments),
            until=max(moments),
            rules=rules,
            over=tuple(rule for rule in rules if rule not in still_waiting),
            reason=reason,
        )
    ]


def _require_name(meant: Sequence[Waiting]) -> None:
    rules = {each.rule for each in meant}
    for rule in RELEASED_BY_NAME:
        if rule in rules:
            count = sum(each.rule == rule for each in meant)
            raise Invalid(
                "rule",
                f"{count} of these prices stopped for {IN_WORDS[rule]}: used after all they may decide a hundredfold."
                f' If they are true, release them by themselves, with "rule": "{rule}".',
            )
