"""Anna, who has one of everything; Carla, who is a member of all of it; Bert, who has portfolios of his own."""

from collections.abc import Iterator

import pytest

from api.wiring import House
from estate import Estate, built


@pytest.fixture
def estate(house: House) -> Iterator[Estate]:
    """What Anna has, and everybody at the door."""
    with built(house) as estate:
        yield estate
