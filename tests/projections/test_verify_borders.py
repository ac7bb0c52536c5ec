"""What was changed is named wherever it stands: at either end, at the border of a page, and when it is not alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import Connection

from api.wiring import House
from domain.audit.again import Rules
from domain.audit.chain import Head
from domain.balancing import Decision, DecisionInputs, version_1
from domain.portfolio.state import LIVE_FEED
from domain.position.events import OrderIntended
from domain.streams import POSITION
from examples import IN_SESSION, open_example, tick
from projections.audit.chain import chain_end
from projections.audit.decisions import DecideAgain, Unreadable
from projections.audit.read_models import compare
from projections.audit.walk import walk
from projections.catalogue import BY_NAME

TRADES = 4

Connected = Connection[dict[str, Any]]
Found = list[tuple[int | None, str]]


@dataclass(frozen=True)
class Traded:
    """A house whose log is chained, how long it is, and where its decisions stand."""

    house: House
    last: int
    decisions: list[int]
    head: Head


@pytest.fixture
def traded(house: House) -> Traded:
    """A position that has traded a few times."""
    house.ledger.clock = lambda: IN_SESSION
    opened = open_example(house)
    for turn in range(TRADES):
        at = IN_SESSION + timedelta(minutes=turn)
        house.ledger.clock = lambda at=at: at  # type: ignore[misc]  # bound now
        house.ingest_prices([tick(opened.listing_id, "103" if turn % 2 else "97", at)])
        house.evaluate_ticks(LIVE_FEED, [opened.listing_id])
        state = house.ledger.load(POSITION, opened.position_id).state
        assert state is not None
        assert state.order is not None
        house.submit_order(opened.position_id, state.order.id)
    with house.pool.connection() as connection:
        for follower in house.followers():
            follower.catch_up(connection)
        end = chain_end(connection)
        assert end is not None
        intended = house.log.read(connection, 0, end.number, topics=[OrderIntended.name])
    decisions = [each.number for each in intended]
    assert len(decisions) == TRADES
    return Traded(house, end.number, decisions, Head(number=end.number, hash=end.hash.hex(), at=IN_SESSION))


@contextmanager
def changed(traded: Traded, *statements: tuple[str, tuple[Any, ...]]) -> Iterator[Connected]:
    """The database after somebody has written into it; it is as before at the block's end."""
    with traded.house.pool.connection() as connection, connection.transaction(force_rollback=True):
        for statement, values in statements:
            assert connection.execute(statement, values).rowcount > 0, statement
        yield connection


def walked(traded: Traded, connection: Connected, page_events: int) -> Found:
    """Where a walk in pages of this size finds differences, the last head being kept outside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("projections.audit.walk.PAGE_EVENTS", page_events)
        found = walk(connection, [traded.head], traded.last, lambda done, total: None)
    return [(each.number, each.what) for each in found.differences.told]


def flipped(number: int, at: int) -> tuple[str, tuple[Any, ...]]:
    """One bit of one byte of an event becomes another; the byte is counted around its length."""
    byte = "get_byte(state, %s %% length(state)) # 1"
    changed_to = f"set_byte(state, %s %% length(state), {byte})"
    return f"update stored_events set state = {changed_to} where notification_id = %s", (at, at, number)


def after(table: str, column: str, number: int) -> tuple[str, tuple[Any, ...]]:
    """What comes after a number is deleted."""
    return f"delete from {table} where {column} > %s", (number,)


def test_changed_bytes_are_named_wherever_they_are(traded: Traded) -> None:
    """One event or two, first and last ones among them, in pages of any size."""
    numbers = st.one_of(st.sampled_from([1, 2, traded.last - 1, traded.last]), st.integers(1, traded.last))

    @settings(max_examples=40)
    @given(st.sets(numbers, min_size=1, max_size=2), st.integers(0, 3_000), st.integers(1, traded.last + 1))
    def check(victims: set[int], at: int, page_events: int) -> None:
        with changed(traded, *(flipped(number, at) for number in victims)) as connection:
            assert walked(traded, connection, page_events) == [(each, "event") for each in sorted(victims)]

    check()
    with changed(traded) as connection:
        assert walked(traded, connection, 3) == []


def test_events_that_were_swapped_are_both_named(traded: Traded) -> None:
    """Neighbours too, and across the border of a page."""
    swap = (
        "update stored_events e set state = o.state, topic = o.topic, originator_id = o.originator_id,"
        " originator_version = -o.originator_version from stored_events o"
        " where (e.notification_id, o.notification_id) in ((%s, %s), (%s, %s))"
    )
    straight = (
        "update stored_events set originator_version = -originator_version where originator_version < 0"
    )
    pages = [(first, second) for first in (1, 3, traded.last - 1) for second in (first + 1, traded.last)]
    for first, second in pages:
        if first == second:
            continue
        with changed(traded, (swap, (first, second, second, first)), (straight, ())) as connection:
            for page_events in (1, 3, traded.last):
                assert walked(traded, connection, page_events) == [(first, "event"), (second, "event")]


def test_last_events_that_are_gone_are_missed(traded: Traded) -> None:
    """Each of them where their hashes are left, by the head outside where those went too: all of the log even."""
    for left in (traded.last - 1, traded.last - 3, 3, 0):
        events = after("stored_events", "notification_id", left)
        gone = [(number, "missing event") for number in range(left + 1, traded.last + 1)]
        for page_events in (1, 3, traded.last):
            with changed(traded, events) as connection:
                assert walked(traded, connection, page_events) == gone
            with changed(traded, events, after("audit_chain", "number", left)) as connection:
                assert walked(traded, connection, page_events) == [(traded.last, "head")]


def test_first_events_that_are_gone_with_their_hashes_are_missed(traded: Traded) -> None:
    """And so is one out of the middle: what follows is linked to what is gone. So is either alone."""
    for number in (1, 4, traded.last - 1):
        event = ("delete from stored_events where notification_id = %s", (number,))
        link = ("delete from audit_chain where number = %s", (number,))
        for page_events in (1, 3, traded.last):
            with changed(traded, event, link) as connection:
                found = walked(traded, connection, page_events)
                assert found == [(number, "missing event"), (number + 1, "event")]
            for one, what in ((event, "missing event"), (link, "missing link")):
                with changed(traded, one) as connection:
                    assert walked(traded, connection, page_events) == [(number, what)]


def decided_again(traded: Traded, connection: Connected, page_events: int, rules: Rules) -> Found:
    """Which decisions come out otherwise by these rules, read in pages of this size."""
    again = DecideAgain(traded.house.log, lambda _: None, lambda _: None, rules)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("projections.audit.decisions.PAGE_EVENTS", page_events)
        again.run(connection, traded.last, lambda done, total: None)
    assert again.decisions == TRADES
    return [(each.number, each.what) for each in again.differences.told]


def bolder(victims: list[DecisionInputs]) -> Callable[[DecisionInputs], Decision]:
    """An engine that decides as ever, but of these inputs."""

    def decide(inputs: DecisionInputs) -> Decision:
        decision = version_1.decide(inputs)
        more = (decision.quantity or Decimal(0)) + 1
        return decision.model_copy(update={"quantity": more}) if inputs in victims else decision

    return decide


def test_decisions_that_an_engine_makes_otherwise_are_named_and_no_others(traded: Traded) -> None:
    """The first, the last, any two of them, in pages of any size."""
    with changed(traded) as connection:
        intended = traded.house.log.read(connection, 0, traded.last, topics=[OrderIntended.name])
        inputs = {
            each.number: each.event.inputs for each in intended if isinstance(each.event, OrderIntended)
        }
        for victims in ([0], [TRADES - 1], [1, 2], [0, TRADES - 1], []):
            named = [traded.decisions[each] for each in victims]
            rules = replace(Rules(), balancing={"balancing.1": bolder([inputs[number] for number in named])})
            for page_events in (1, 2, TRADES, TRADES + 1):
                found = decided_again(traded, connection, page_events, rules)
                assert found == [(number, "decision") for number in named]


def test_the_first_event_that_cannot_be_read_is_named(traded: Traded) -> None:
    """Where the chain says nothing: of one that was forged as well."""
    nothing = "update stored_events set state = 'nothing' where notification_id = any(%s)"
    for victims in ([0], [1, 2], [TRADES - 1]):
        numbers = [traded.decisions[each] for each in victims]
        for page_events in (1, 2, TRADES):
            with changed(traded, (nothing, (numbers,))) as connection:
                with pytest.raises(Unreadable) as unreadable:
                    decided_again(traded, connection, page_events, Rules())
                assert unreadable.value.number == numbers[0]


@pytest.mark.parametrize(("model", "column"), [("timeline", "message"), ("journal", "kind")])
def test_the_first_and_the_last_row_of_a_read_model_are_named(
    traded: Traded, model: str, column: str
) -> None:
    """The first changed, then the last too, then that one gone."""
    first, last = f"(select min(event_number) from {model})", f"(select max(event_number) from {model})"
    with traded.house.pool.connection() as connection:
        ends = connection.execute(f"select {first} as first, {last} as last").fetchone()
        assert ends is not None
        for statement, named in (
            (f"update {model} set {column} = 'otherwise' where event_number = {first}", ["first"]),
            (f"update {model} set {column} = 'otherwise' where event_number = {last}", ["first", "last"]),
            (f"delete from {model} where event_number = {last}", ["first", "last"]),
        ):
            connection.execute(statement)
            found = compare(connection, traded.house.log, [BY_NAME[model]], lambda step, done, total: None)
            assert [each.number for each in found] == [ends[name] for name in named]
