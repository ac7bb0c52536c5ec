"""What a house has opened is given up when it is closed."""

from uuid import UUID

import redis

from api.wiring import House
from examples import eventually


def test_the_queues_connections_end_with_the_house(house: House) -> None:
    with redis.Redis.from_url(house.redis_url) as client:

        def connected() -> set[str]:
            return {each["id"] for each in client.client_list()}

        before = connected()
        house.jobs.wake("live", [UUID(int=1)])
        opened = connected() - before
        assert opened

        house.close()

        eventually(lambda: not connected() & opened)
