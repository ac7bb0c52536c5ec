"""Prices that were stopped and are released or discarded: what is used from then on, and what stays (DOMAIN §4)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from api.wiring import House
from application.ledger import Outcome
from application.quality.settle_quarantine import Settled
from domain.alert import stream_of
from domain.portfolio.state import LIVE_FEED
from domain.quality.quarantine import Picked, Ruling
from domain.refusals import NotFound
from domain.streams import ALERT, PORTFOLIO
from examples import IN_SESSION, Opened, by_hand, open_example, tick

SECOND = timedelta(seconds=1)
EVERYTHING = Picked()
REASON = "The exchange says the same."


@pytest.fixture
def house(new_house: Callable[[], House]) -> House:
    """A house whose clock stands in the session; nothing runs but what a test calls."""
    made = new_house()
    made.ledger.clock = lambda: IN_SESSION
    return made


class Floor:
    """The example, and its prices a second apart."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.opened: Opened = open_example(house)
        self.seconds = -1000

    def comes(self, *prices: str) -> list[str]:
        """Prices come in one after the other; answers the rules that stopped some."""
        rules = []
        for price in prices:
            self.seconds += 1
            point = tick(self.opened.listing_id, price, IN_SESSION + self.seconds * SECOND)
            rules += [finding.rule for _, finding in self.house.ingest_prices([point]).quarantined]
        return rules

    def says(self, ruling: Ruling, picked: Picked = EVERYTHING) -> Outcome[Settled]:
        """A person says it of what waits."""
        settled = self.house.settle_quarantine
        return settled(by_hand(self.house), self.opened.listing_id, picked, ruling, REASON)

    def stored(self) -> list[tuple[Any, ...]]:
        """The stored prices, and what stopped them."""
        rows = self.house.prices.page(LIVE_FEED, self.opened.listing_id, None, 100)
        return [(str(row["last"]), row["quarantined"]) for row in rows]

    def newest(self) -> Decimal | None:
        """The last good price."""
        latest = self.house.prices.latest(LIVE_FEED, self.opened.listing_id)
        return latest.last if latest is not None else None

    def is_frozen(self) -> bool:
        """Whether the portfolio stands still."""
        state = self.house.ledger.load(PORTFOLIO, self.opened.portfolio_id).state
        assert state is not None
        return state.frozen

    def is_called(self, rule: str) -> bool:
        """Whether its alert of a rule is open."""
        about = stream_of(self.opened.portfolio_id, self.opened.listing_id, rule)
        state = self.house.ledger.load(ALERT, about).state
        return state is not None and state.is_open


def test_a_true_jump_goes_on_once_a_person_has_said_so(house: House) -> None:
    """Its prices are used, the next are held against them, also for the day; the alert is over, the freeze stays."""
    floor = Floor(house)
    assert floor.comes("100", "170", "171") == ["jump", "jump"]

    settled = floor.says("released").answer

    assert [str(each.point.last) for each in settled.meant] == ["170", "171"]
    assert floor.stored() == [("100", None), ("170", None), ("171", None)]
    assert floor.newest() == 171
    assert (floor.is_called("jump"), floor.is_frozen()) == (False, True)
    assert floor.comes("172") == []
    assert house.prices.undecided(LIVE_FEED) == [floor.opened.listing_id]
    assert floor.comes("80") == ["jump"]


def test_what_is_discarded_can_be_seen_and_is_used_by_nothing(house: House) -> None:
    """Sent again it is known; the next wrong price is another case, and calls again."""
    floor = Floor(house)
    floor.comes("100", "10000", "10001")

    settled = floor.says("discarded").answer

    assert len(settled.meant) == 2
    assert floor.stored()[1:] == [("10000", "scale"), ("10001", "scale")]
    assert floor.newest() == 100
    assert (floor.is_called("scale"), floor.is_frozen()) == (False, True)
    floor.seconds -= 1
    assert floor.comes("10001") == []
    assert not floor.is_called("scale")
    floor.comes("10002")
    assert floor.is_called("scale")


def test_an_alert_stays_until_nothing_of_its_rule_waits(house: House) -> None:
    """Prices may be settled one by one."""
    floor = Floor(house)
    floor.comes("100", "170", "171", "10000")
    first = IN_SESSION - 998 * SECOND

    floor.says("released", Picked(since=first, until=first))
    assert floor.stored()[1:] == [("170", None), ("171", "jump"), ("10000", "scale")]
    assert (floor.is_called("jump"), floor.is_called("scale")) == (True, True)

    floor.says("released", Picked(rule="jump"))
    assert (floor.is_called("jump"), floor.is_called("scale")) == (False, True)
    assert floor.newest() == 171


def test_a_released_price_takes_its_place_in_time(house: House) -> None:
    """A good one that has come since stays the newest, and is what the next is held against."""
    floor = Floor(house)
    floor.comes("100", "170", "101")

    floor.says("released")

    assert floor.newest() == 101
    at = IN_SESSION - 998 * SECOND
    before = house.prices.last_before(LIVE_FEED, floor.opened.listing_id, at + SECOND)
    assert before is not None
    assert before.last == 170
    assert floor.comes("102") == []


def test_where_nothing_waits_it_is_already_so(house: House) -> None:
    """No event; and an unknown listing is none."""
    floor = Floor(house)
    floor.comes("100", "170")
    floor.says("released")
    with house.pool.connection() as connection:
        known = house.log.last_number(connection)

    assert floor.says("released").answer.meant == []
    assert floor.says("discarded").answer.meant == []

    with house.pool.connection() as connection:
        assert house.log.last_number(connection) == known
    unknown = house.ledger.new_id()
    with pytest.raises(NotFound):
        house.settle_quarantine(by_hand(house), unknown, Picked(), "released", REASON)


def test_two_at_once_settle_each_price_once(new_house: Callable[[], House]) -> None:
    """One says they are true and the other that they are wrong: whoever is first has said it."""
    houses = [new_house() for _ in range(4)]
    for each in houses:
        each.ledger.clock = lambda: IN_SESSION
    floor = Floor(houses[0])
    floor.comes("100", "170", "171")
    rulings: list[Ruling] = ["released", "discarded", "released", "discarded"]

    def says(house: House, ruling: Ruling) -> Settled:
        return house.settle_quarantine(
            by_hand(house), floor.opened.listing_id, Picked(), ruling, REASON
        ).answer

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(says, houses, rulings))

    (said,) = [each for each in found if each.meant]
    assert len(said.meant) == 2
    mark = "jump" if said.ruling == "discarded" else None
    assert floor.stored()[1:] == [("170", mark), ("171", mark)]
    assert not floor.is_called("jump")


def test_a_price_that_is_stopped_meanwhile_is_looked_at_first(house: House) -> None:
    """It comes between the look and the lock: nothing is stored of the first try, and the second knows of it."""
    floor = Floor(house)
    floor.comes("100", "170")
    waiting = house.quarantine.waiting
    looks: list[Any] = []

    class Late:
        """The quarantine, to which another price comes right after the first look."""

        def waiting(self, *about: Any) -> Any:
            found = waiting(*about)
            if not looks:
                floor.comes("171")
            looks.append(found)
            return found

    house.quarantine = Late()  # type: ignore[assignment]  # as much of it as is asked for
    settled = floor.says("released", Picked(until=IN_SESSION - 998 * SECOND)).answer

    assert ([len(each) for each in looks], len(settled.meant)) == ([1, 2], 1)
    assert floor.stored()[1:] == [("170", None), ("171", "jump")]
    assert floor.is_called("jump")
