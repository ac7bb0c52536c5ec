"""An upgrade: what an earlier Ballast wrote is migrated, verified and carried on by this one.

``schema-0030.dump`` was written by the program as of its migration 0030, after a day of trades both ways, a dividend, a
split, a freeze and a quarantined price. It is never written anew: it is what lies on somebody's disk.
"""

import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import psycopg

from adapters.backups.postgres_backups import PostgresBackups
from adapters.backups.restore import Restore
from api.wiring import House
from domain.streams import POSITION
from examples import IN_SESSION
from projections.rebuild import REBUILD_LOCK

BEFORE = Path(__file__).parent / "schema-0030.dump"
EVENTS = 29
NEWEST = "select name from schema_migrations order by name desc limit 1"


def upgraded(database_url: str, redis_url: str) -> House:
    """This program on the earlier one's data, at its first start."""
    Restore(database_url)(BEFORE, IN_SESSION)
    with psycopg.connect(database_url) as connection:
        assert connection.execute(NEWEST).fetchone() == ("0030_archives.sql",)
    house = House(database_url, redis_url)
    house.prepare_database()
    return house


def test_it_is_migrated_verified_and_goes_on(
    empty_database: str, addresses: tuple[str, str], tmp_path: Path
) -> None:
    """Every decision of then is decided again by the rules of now, and every read model is what the events say."""
    house = upgraded(empty_database, addresses[1])
    with house.pool.connection() as connection:
        newest = connection.execute(NEWEST).fetchone()
        [position] = connection.execute("select position_id, shares from positions").fetchall()
    assert newest is not None
    assert newest["name"] > "0047"

    found = house.verified(lambda step, done, total: None)

    assert list(found.differences) == []
    assert (found.events, found.decisions > 0) == (EVENTS, True)
    assert house.restored.may_act()
    state = house.ledger.load(POSITION, UUID(str(position["position_id"]))).state
    assert state is not None
    assert state.shares == position["shares"] == Decimal(114)
    again = PostgresBackups(empty_database, tmp_path, 1, REBUILD_LOCK).make("ballast-again")
    assert again.size_bytes > 0
    house.close()


def test_a_database_of_a_later_ballast_is_refused_with_a_sentence(house: House, tmp_path: Path) -> None:
    """Before anything is changed, and with the exit code for what cannot be used."""
    with house.pool.connection() as connection:
        connection.execute("insert into schema_migrations (name, checksum) values ('9999_later.sql', '')")
    addresses = {"DATABASE_URL": house.database_url, "REDIS_URL": house.redis_url}
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", "verify", "--data", str(tmp_path)],
        env={**os.environ, **addresses},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 4
    assert "The database was written by a newer Ballast (9999_later.sql is unknown here)" in done.stderr
