"""The chain follows the log: every event once, in batches or one by one, and never rebuilt."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from api.wiring import House
from domain.audit.chain import GENESIS, Stored, link
from examples import open_example
from projections.audit.chain import ChainEvents, StoredEvents, chain_end, hash_at
from projections.catalogue import BY_NAME
from projections.follower import Follower


def test_every_event_is_linked_to_the_one_before(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    open_example(house)
    with house.pool.connection() as connection:
        assert chain_end(connection) is None
        monkeypatch.setattr("projections.follower.BATCH_EVENTS_MAX", 3)
        house.chain_follower().catch_up(connection)
        open_example(house, symbol="PEP")
        house.chain_follower().catch_up(connection)
        last = house.log.last_number(connection)
        previous = GENESIS
        for stored in StoredEvents().read(connection, 0, last):
            previous = link(previous, stored)
            assert hash_at(connection, stored.number) == previous
        assert chain_end(connection) == (last, previous)


def test_a_batch_that_fails_is_linked_once(house: House) -> None:
    """Hashes and the follower's position are one transaction."""
    open_example(house)

    class Failing(ChainEvents):
        def handle(self, connection: Connection[dict[str, Any]], events: Sequence[Stored]) -> None:
            super().handle(connection, events)
            raise psycopg.OperationalError("gone")

    with house.pool.connection() as connection:
        with suppress(psycopg.OperationalError):
            Follower(house.database_url, StoredEvents(), Failing()).catch_up(connection)
        assert chain_end(connection) is None
        house.chain_follower().catch_up(connection)
        end = chain_end(connection)
        assert end is not None
        assert end.number == house.log.last_number(connection)


def test_no_rebuild_touches_it() -> None:
    """A new chain over a changed log would prove nothing."""
    assert "audit_chain" not in BY_NAME
