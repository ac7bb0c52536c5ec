"""What the pool hands out works, whatever became of the server meanwhile."""

import psycopg

from adapters.postgres.pool import open_pool


def test_a_connection_that_died_while_idle_is_replaced(addresses: tuple[str, str]) -> None:
    """Nobody gets to see it; finding out costs the living ones no round trip."""
    database_url, _ = addresses
    with open_pool(database_url, size_max=1) as pool:
        with pool.connection() as connection:
            died = connection.info.backend_pid
        with psycopg.connect(database_url) as other:
            other.execute("select pg_terminate_backend(%s, 5000)", (died,))

        with pool.connection() as connection:
            assert connection.execute("select 1 as n").fetchone() == {"n": 1}
            assert connection.info.backend_pid != died
