"""A price tick becomes an audited trade, through the real queue, log and read models."""

from api.wiring import House
from examples import IN_SESSION, eventually, open_example, tick
from projections.catalogue import READ_MODELS
from projections.rebuild import Rebuild


def test_a_tick_across_the_band_is_bought_filled_and_booked(running: House) -> None:
    """At 97.00 the example position buys 52, and the anchor follows the fill."""
    running.ledger.clock = lambda: IN_SESSION
    opened = open_example(running)

    taken = running.ingest_prices([tick(opened.listing_id, "97.00")])

    assert taken.accepted == 1
    position = eventually(lambda: _after_the_trade(running, opened.position_id))
    assert (position["shares"], position["cash"], position["anchor"]) == (152, 4955.50, 97)


def test_rebuilt_read_models_equal_the_live_ones(running: House) -> None:
    """Dropping any read model loses nothing."""
    running.ledger.clock = lambda: IN_SESSION
    opened = open_example(running)
    running.ingest_prices([tick(opened.listing_id, "97.00")])
    eventually(lambda: _after_the_trade(running, opened.position_id))

    with running.pool.connection() as connection:
        for rebuilt in Rebuild(connection, running.log, READ_MODELS).run(lambda step, done, total: None):
            assert rebuilt.equal, rebuilt


def _after_the_trade(house: House, position_id: object) -> dict[str, object] | None:
    with house.pool.connection() as connection:
        return connection.execute(
            "select * from positions where position_id = %s and shares <> 100", (position_id,)
        ).fetchone()
