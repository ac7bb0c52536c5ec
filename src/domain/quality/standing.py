"""What the gate has said of a listing's prices so far, and what it judges them by: a part of the listing's state."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from domain.money import ZERO
from domain.quality.events import (
    ListingThresholdsSet,
    PriceFlagged,
    PriceQuarantined,
    PricesDiscarded,
    PricesReleased,
)
from domain.quality.judged import Flagged
from domain.quality.thresholds import NONE_SET, ThresholdsChange, of_listing

QualityEvent = PriceQuarantined | PricesReleased | PricesDiscarded | PriceFlagged | ListingThresholdsSet


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """A rule that has stopped prices, and the moment of the one that was told last."""

    rule: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class LastFlagged:
    """A rule that had something to tell of prices, and the trading day on which it last did."""

    rule: str
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """The findings whose prices wait for a person, what was told of others, and the listing's own thresholds."""

    findings: tuple[OpenFinding, ...] = ()
    flagged: tuple[LastFlagged, ...] = ()
    thresholds: ThresholdsChange = NONE_SET

    def open_finding(self, rule: str) -> OpenFinding | None:
        """The finding of a rule whose prices wait for a person."""
        return next((each for each in self.findings if each.rule == rule), None)


NOTHING_SAID = Standing()


def evolve(state: Standing, event: QualityEvent) -> Standing:
    """The standing after an event; what was stopped in a replay leaves no mark."""
    match event:
        case ListingThresholdsSet():
            return replace(state, thresholds=event.thresholds)
        case PriceFlagged():
            flagged = [each for each in state.flagged if each.rule != event.rule]
            return replace(state, flagged=(*flagged, LastFlagged(event.rule, event.day)))
        case PriceQuarantined(feed=None):
            others = [each for each in state.findings if each.rule != event.rule]
            return replace(state, findings=(*others, OpenFinding(event.rule, event.as_of)))
        case PriceQuarantined():
            return state
        case PricesReleased() | PricesDiscarded():
            return replace(
                state, findings=tuple(each for each in state.findings if each.rule not in event.over)
            )


def flag(listing_id: UUID, symbol: str, state: Standing, found: Flagged) -> list[PriceFlagged]:
    """Tell what a rule found in a price, unless it has told something of that trading day, or a later one, already."""
    point, finding = found.point, found.finding
    if any(each.rule == finding.rule and each.day >= found.day for each in state.flagged):
        return []
    return [
        PriceFlagged(
            listing_id=listing_id,
            symbol=symbol,
            price=point.value or ZERO,
            as_of=point.as_of,
            source=point.source,
            rule=finding.rule,
            observed=finding.observed,
            expected=finding.expected,
            day=found.day,
        )
    ]


def set_thresholds(
    listing_id: UUID, symbol: str, state: Standing, wanted: ThresholdsChange
) -> list[ListingThresholdsSet]:
    """Let prices be judged by other thresholds; what is left out has the default. The same again is already so.

    Raises Invalid when they contradict each other.
    """
    of_listing(wanted)
    if wanted == state.thresholds:
        return []
    return [ListingThresholdsSet(listing_id=listing_id, symbol=symbol, thresholds=wanted)]
