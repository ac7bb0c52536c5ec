"""What a position held at a moment of the past (DOMAIN §5)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from domain.events import Event, Metadata, Recorded
from domain.position import actions as rules
from domain.position import booking
from domain.position.booking import Events
from domain.position.evolve import evolve
from domain.position.history import in_listing_since, shares_at
from domain.position.state import Position
from domain.settings import Settings
from example_action_events import EX_OPEN, OTHER, a_merger, a_split
from stories import ALLOCATED, AT, LISTING_ID, OPENED, POSITION_ID, SENT, fill, latest, position

HOUR = timedelta(hours=1)


def recorded(*events: tuple[Event, datetime]) -> list[Recorded]:
    """Events as they were stored one after the other, each effective at its moment."""
    return [_recorded(number, *each) for number, each in enumerate(events, start=1)]


def _recorded(number: int, event: Event, at: datetime) -> Recorded:
    metadata = Metadata(
        id=UUID(int=number), at=at, recorded_at=at, actor="t", correlation_id=POSITION_ID, engine="e"
    )
    return Recorded(number, POSITION_ID, number, metadata, event)


def a_story() -> tuple[list[Recorded], Position]:
    """52 are bought at AT + 1 s, corrected to 50 on Tuesday, with a split of ten for one in between."""
    rules_of_the_story: tuple[Callable[[Position], Events], ...] = (
        lambda state: booking.book(state, latest(state), fill("52")),
        lambda state: rules.split(state, a_split(), Decimal(152), None, Settings()),
        lambda state: booking.book(state, latest(state), fill("50", revision=2)),
    )
    state = position.given(*SENT).state
    steps: list[tuple[Event, datetime]] = [(each, AT) for each in SENT]
    for rule in rules_of_the_story:
        for event in rule(state):
            state = evolve(state, event, POSITION_ID)
            steps.append((event, EX_OPEN + HOUR))
    return recorded(*steps), state


@pytest.mark.parametrize(
    ("at", "shares"),
    [
        (AT, 100),
        (AT + timedelta(seconds=1), 150),
        (EX_OPEN - timedelta(microseconds=1), 150),
        (EX_OPEN, 1500),
        (EX_OPEN + 100 * HOUR, 1500),
    ],
)
def test_it_counts_what_took_place_by_then_in_its_latest_revision(at: datetime, shares: int) -> None:
    """Whenever it was heard of."""
    events, state = a_story()
    assert shares_at(events, at) == shares
    assert state.shares == 1500


def test_shares_were_there_when_they_were_sold_although_the_opening_is_said_to_be_later() -> None:
    events, _ = a_story()
    late = [_recorded(1, OPENED, EX_OPEN - HOUR), *events[1:]]
    assert shares_at(late, AT + timedelta(seconds=1)) == 150


def test_it_is_in_its_listing_since_its_opening_or_the_merger() -> None:
    merged = rules.merge(position.given(OPENED, ALLOCATED).state, a_merger(), OTHER, None, Settings())
    events = recorded((OPENED, AT), *((each, EX_OPEN) for each in merged))
    assert in_listing_since(events[:1], LISTING_ID) == AT
    assert in_listing_since(events, LISTING_ID) is None
    assert in_listing_since(events, OTHER.id) == EX_OPEN
    assert shares_at(events, datetime(2027, 1, 1, tzinfo=UTC)) == 50
