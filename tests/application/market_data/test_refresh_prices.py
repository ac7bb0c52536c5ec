"""A price refresh: providers in their order, each asked once, and nothing stored that is wrong."""

import zlib
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from api.wiring import House
from application import portfolios
from domain.fx import Pair
from domain.market_data.providers import Provider
from domain.runs.kinds import Trigger
from examples import by_hand
from market_data_contract.bench import SESSIONS, WEEK
from market_data_contract.wire import http_provider
from market_desk import MarketDesk, quoting
from provider_server.board import Bar
from provider_server.spoiling import GARBLED, HTML, SILENT, Spoil, answered, throttled

LEAVES: dict[str, Spoil] = {
    "throttles": throttled("120"),
    "is in trouble": answered(b"", 503),
    "lets nobody in": answered(b"", 401),
}


def test_what_is_watched_is_priced_by_the_first_provider(desk: MarketDesk) -> None:
    desk.tell(desk.alpha)
    desk.tell(desk.alpha, "141.5", "PG")

    result = desk.refresh()

    assert (result.status, result.summary) == (
        "success",
        "2 of 2 listings priced by alpha; 2 prices are new.",
    )
    assert sorted(desk.prices()) == [("alpha", "141.5", None), ("alpha", "97.10", None)]
    assert desk.beta.asked == []
    assert desk.alerts() == []


def test_a_second_refresh_adds_no_price(desk: MarketDesk) -> None:
    desk.use(http_provider(desk.alpha, name="alpha"))
    desk.tell(desk.alpha)
    desk.tell(desk.alpha, "141.5", "PG")
    desk.alpha.board.bars |= {"KO": WEEK, "PG": [Bar(bar.day, "141.5") for bar in WEEK]}
    desk.refresh()
    before = desk.prices()

    again = desk.refresh()

    assert (again.status, again.summary) == ("success", "2 of 2 listings priced by alpha; nothing new.")
    assert desk.prices() == before
    assert len(before) == 10
    payloads = desk.rows("select fetched_at, last_seen from provider_payloads")
    assert len(payloads) == 4


def test_what_one_provider_does_not_know_the_next_is_asked_for(desk: MarketDesk) -> None:
    desk.tell(desk.alpha)
    desk.tell(desk.beta, "141.5", "PG")

    result = desk.refresh()

    assert result.summary == (
        "1 of 2 listings priced by alpha, 1 by beta; 2 prices are new. alpha answered 404."
    )
    assert [asked.path for asked in desk.beta.asked] == ["/quote/PG"]
    assert desk.alerts() == []


@pytest.mark.parametrize("how", LEAVES)
def test_a_provider_that_fails_as_a_whole_is_asked_once_and_the_next_one_steps_in(
    desk: MarketDesk, how: str
) -> None:
    desk.alpha.spoil = LEAVES[how]
    desk.tell(desk.beta)
    desk.tell(desk.beta, "141.5", "PG")

    result = desk.refresh()

    assert result.status == "success"
    assert "2 of 2 listings priced by beta" in result.summary
    assert len(desk.alpha.asked) == 1
    assert {source for source, _, _ in desk.prices()} == {"beta"}


def test_broken_answers_in_a_row_are_enough(desk: MarketDesk) -> None:
    """A page in place of one answer may be about one listing; three are a broken provider, which rests."""
    desk.also_watch("AA", "BB", "CC")
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = answered(HTML)

    result = desk.refresh()

    assert (result.status, desk.prices()) == ("failed", [])
    assert len(desk.alpha.asked) == 3
    assert "No provider gave a usable price of AA, BB, CC, KO, PG." in result.summary
    assert result.summary.count("no JSON") == 1
    assert "alpha is left alone until 16:00:15 UTC" in desk.refresh().summary


def test_what_one_provider_does_not_know_is_not_held_against_it(desk: MarketDesk) -> None:
    desk.tell(desk.alpha)
    desk.tell(desk.beta)
    desk.refresh()
    desk.alpha.spoil = answered(b"", 500)
    assert "1 of 2 listings priced by beta" in desk.refresh().summary


@pytest.mark.parametrize("how", GARBLED)
def test_nothing_of_a_broken_answer_is_stored_or_decided(desk: MarketDesk, how: str) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.tell(desk.alpha, "60")
    desk.alpha.spoil = GARBLED[how]

    assert desk.refresh().status == "failed"

    assert desk.prices() == []
    assert desk.decided() == []
    assert desk.alerts() == [("provider_failing", True)]


def test_whatever_goes_wrong_there_is_one_alert_which_goes_by_itself(desk: MarketDesk) -> None:
    """It hangs, throttles, answers garbage; then good data return, and nobody had to do anything.

    With another currency the portfolio is frozen, and stays so whatever comes, with one alert more.
    """
    desk.house.provider_seconds_max = 0.3
    desk.use(quoting(desk.alpha, "alpha"))
    desk.tell(desk.alpha)
    desk.tell(desk.alpha, "141.5", "PG")
    half = GARBLED["answers half of it as if it were all"]
    for spoil in (SILENT["hangs"], throttled("30"), answered(HTML), half, answered(b"[]")):
        desk.alpha.spoil = spoil
        assert desk.refresh().status == "failed"
        assert desk.prices() == []
        assert desk.alerts() == [("provider_failing", True)]
        assert desk.decided() == []
        desk.passes(minutes=20)

    desk.alpha.spoil = None
    desk.tell(desk.alpha)
    desk.tell(desk.alpha, "141.5", "PG")

    assert desk.refresh().status == "success"
    assert len(desk.prices()) == 2
    assert desk.alerts() == [("provider_failing", False)]
    assert not desk.portfolio.frozen

    desk.passes(minutes=1)
    desk.tell(desk.alpha, "60", currency="EUR", unit="EUR")
    assert desk.refresh().status == "blocked_frozen"
    desk.tell(desk.alpha, "60")
    assert desk.refresh().status == "blocked_frozen"
    assert desk.portfolio.frozen_because is not None
    assert desk.alerts() == [("provider_failing", False), ("currency_mismatch", True)]
    assert desk.decided() == []


def test_a_freeze_stays_until_a_person_lifts_it(desk: MarketDesk) -> None:
    """Pounds where pence should be freeze the portfolio; good data alone do not thaw it."""
    desk.use(quoting(desk.alpha, "alpha"))
    desk.tell(desk.alpha)
    desk.refresh()
    desk.passes(minutes=1)
    desk.tell(desk.alpha, "0.971")

    result = desk.refresh()

    assert result.status == "blocked_frozen"
    assert "The portfolio was frozen meanwhile" in result.summary
    assert desk.prices()[-1] == ("alpha", "0.971", "scale")
    asked = len(desk.alpha.asked)
    desk.passes(minutes=1)
    desk.tell(desk.alpha)
    triggers: tuple[Trigger, ...] = ("schedule", "person")
    for trigger in triggers:
        blocked = desk.refresh(trigger)
        assert (blocked.status, blocked.summary) == (
            "blocked_frozen",
            "The portfolio is frozen, and no provider was asked.",
        )
    assert len(desk.alpha.asked) == asked, "a frozen portfolio calls no provider"

    portfolios.unfreeze(
        desk.house.ledger, by_hand(desk.house), desk.opened.portfolio_id, "The provider was wrong."
    )

    assert desk.refresh().status == "success"
    assert desk.prices()[-1] == ("alpha", "97.10", None)


def test_a_freeze_in_the_middle_stops_the_questions(desk: MarketDesk) -> None:
    desk.tell(desk.alpha, currency="EUR", unit="EUR")
    desk.tell(desk.beta, "141.5", "PG")

    result = desk.refresh()

    assert result.status == "blocked_frozen"
    assert [rule for _, _, rule in desk.prices()] == ["currency_mismatch"]
    assert [asked.path for asked in desk.alpha.asked] == ["/quote/KO"]
    assert desk.beta.asked == []
    assert ("provider_failing", True) not in desk.alerts()


def test_a_quarantined_price_is_none_and_the_next_provider_is_asked(desk: MarketDesk) -> None:
    """Nobody holds PG, so that nothing freezes; asked again, alpha's price is there, and still is none."""
    desk.tell(desk.alpha)
    desk.tell(desk.alpha, "141.5", "PG", currency="EUR", unit="EUR")
    for _ in range(2):
        result = desk.refresh()
        assert "No provider gave a usable price of PG. beta answered 404." in result.summary
    desk.tell(desk.beta, "142", "PG")
    assert "1 of 2 listings priced by alpha, 1 by beta" in desk.refresh().summary
    assert ("alpha", "141.5", "currency_mismatch") in desk.prices()


def test_whoever_wants_to_be_left_alone_is_by_every_worker(
    desk: MarketDesk, new_desk_house: Callable[[], House]
) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = throttled("120")
    desk.refresh()
    desk.alpha.spoil = None
    desk.tell(desk.alpha)
    other = desk.join(new_desk_house())

    desk.passes(seconds=119)
    left_alone = desk.refresh("person", other)
    assert left_alone.status == "no_action"
    assert "alpha is left alone until 16:02:00 UTC" in left_alone.summary
    assert len(desk.alpha.asked) == 1
    assert desk.alerts() == [("provider_failing", True)]

    desk.passes(seconds=1)
    assert desk.refresh("schedule", other).status == "success"


def test_a_silent_provider_is_asked_less_and_less_and_a_person_need_not_wait(desk: MarketDesk) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = answered(b"", 500)
    asked_after = list[float]()
    begun = desk.now
    while desk.now - begun < timedelta(minutes=30):
        before = len(desk.alpha.asked)
        desk.refresh()
        if len(desk.alpha.asked) > before:
            asked_after.append((desk.now - begun).total_seconds())
        desk.passes(seconds=5)
    pauses = [later - earlier for earlier, later in pairwise(asked_after)]
    assert pauses == [15, 30, 60, 120, 240, 480]

    before = len(desk.alpha.asked)
    desk.refresh("person")
    assert len(desk.alpha.asked) == before + 1


def test_an_answer_that_can_be_used_forgives_what_was(desk: MarketDesk) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = answered(b"", 500)
    for _ in range(3):
        desk.refresh("person")
    desk.alpha.spoil = None
    desk.tell(desk.alpha)
    desk.refresh("person")
    assert desk.rows("select 1 from provider_rests") == []


def test_a_changed_description_is_tried_at_once(desk: MarketDesk) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = throttled("86400")
    desk.refresh()
    desk.alpha.spoil = None
    desk.tell(desk.alpha)
    desk.use(quoting(desk.alpha, "alpha", suffixes={"XLON": ".L"}))
    assert desk.refresh().status == "success"


def test_a_price_from_before_the_last_session_is_none(desk: MarketDesk) -> None:
    """It is kept, since it may be true, and the next provider is asked."""
    desk.use(quoting(desk.alpha, "alpha"), quoting(desk.beta, "beta"))
    desk.tell(desk.alpha, ago=timedelta(days=2))
    desk.tell(desk.beta)

    result = desk.refresh()

    assert "1 of 2 listings priced by beta" in result.summary
    assert "usable price of PG" in result.summary
    assert [source for source, _, _ in desk.prices()] == ["alpha", "beta"]


def test_in_session_a_close_is_a_price_and_a_quote_is_still_asked_for(desk: MarketDesk) -> None:
    """Who only has closes prices a listing; whether that is fresh enough to decide on is for the rule."""
    alpha = http_provider(desk.alpha, name="alpha", quotes=None, fx=None)
    desk.use(alpha, quoting(desk.beta, "beta"))
    desk.alpha.board.bars["KO"] = WEEK

    desk.refresh()

    assert desk.beta.asked[0].path == "/quote/KO"
    stored = desk.rows("select as_of, last from price_points order by as_of")
    assert [(row["as_of"], str(row["last"])) for row in stored] == [
        (SESSIONS.close_of("XNYS", bar.day), bar.close) for bar in WEEK[:-1]
    ]


def test_only_closes_that_are_missing_are_asked_for(desk: MarketDesk) -> None:
    desk.use(http_provider(desk.alpha, name="alpha", fx=None))
    desk.alpha.board.bars |= {"KO": WEEK, "PG": WEEK}
    desk.refresh()
    first = desk.alpha.asked_for("/daily/KO")
    assert [asked.query["since"] for asked in first] == ["2026-10-20"]
    desk.refresh()
    assert len(desk.alpha.asked_for("/daily/KO")) == 1

    desk.passes(days=3)
    desk.refresh()

    assert desk.alpha.asked_for("/daily/KO")[-1].query["since"] == "2026-11-20"
    assert len(desk.rows("select 1 from price_points where is_close")) == 10


def test_an_unreachable_address_is_said_and_the_next_one_steps_in(desk: MarketDesk) -> None:
    private = http_provider(desk.alpha, name="alpha", fx=None, closes=None, headers={})
    elsewhere = private.model_copy(
        update={
            "quotes": private.quotes
            and private.quotes.model_copy(update={"url": "https://10.1.2.3/{symbol}"})
        }
    )
    desk.use(elsewhere, quoting(desk.beta, "beta"))
    desk.tell(desk.beta)

    result = desk.refresh()

    assert "alpha may not be asked: 10.1.2.3 is at 10.1.2.3, which is no public address" in result.summary
    assert desk.prices() == [("beta", "97.10", None)]


def test_what_came_is_kept_byte_for_byte_also_when_it_is_garbage(desk: MarketDesk) -> None:
    desk.use(quoting(desk.alpha, "alpha"))
    desk.alpha.spoil = answered(HTML)
    desk.refresh("person")
    desk.passes(minutes=1)
    desk.refresh("person")
    (row,) = desk.rows("select * from provider_payloads")
    assert zlib.decompress(row["body"]) == HTML
    assert row["problem"].startswith("answered what is no JSON")
    assert row["last_seen"] - row["fetched_at"] == timedelta(minutes=1)
    assert set(row["listing_ids"]) == {desk.opened.listing_id, desk.others["PG"]}


@pytest.fixture
def abroad(desk: MarketDesk) -> MarketDesk:
    """The same desk for a portfolio in pounds that watches KO, and asks alpha and beta for rates too."""
    abroad = desk.in_pounds()
    abroad.use(
        http_provider(desk.alpha, name="alpha", closes=None),
        http_provider(desk.beta, name="beta", closes=None),
    )
    abroad.tell(desk.alpha)
    return abroad


def test_exchange_rates_are_asked_for_where_holdings_need_them(abroad: MarketDesk) -> None:
    abroad.beta.board.rates["USD", "GBP"] = "0.74", abroad.now - timedelta(hours=1)

    result = abroad.refresh()

    assert result.summary == "1 of 1 listing priced by alpha; 1 price is new. alpha answered 404."
    (rate,) = abroad.house.fx_rates.latest()
    assert (rate.pair, rate.rate, rate.source) == (Pair("USD", "GBP"), Decimal("0.74"), "beta")
    assert abroad.alerts() == []


@pytest.mark.parametrize("rate", [None, ("0.74", timedelta(days=4)), ("-0.74", timedelta(0))])
def test_a_rate_that_is_missing_stale_or_none_calls_a_person(
    abroad: MarketDesk, rate: tuple[str, timedelta] | None
) -> None:
    if rate is not None:
        abroad.alpha.board.rates["USD", "GBP"] = rate[0], abroad.now - rate[1]
    result = abroad.refresh()
    assert "No provider gave a usable rate of USD/GBP." in result.summary
    assert abroad.alerts() == [("provider_failing", True)]


def test_a_rate_far_from_the_last_one_converts_nothing(abroad: MarketDesk) -> None:
    abroad.alpha.board.rates["USD", "GBP"] = "0.74", abroad.now - timedelta(hours=1)
    abroad.refresh()
    abroad.passes(minutes=1)
    abroad.alpha.board.rates["USD", "GBP"] = "1.35", abroad.now - timedelta(minutes=1)
    abroad.refresh()
    assert [rate.rate for rate in abroad.house.fx_rates.latest()] == [Decimal("0.74")]
    assert ("fx_jump", True) in abroad.alerts()


def test_without_providers_or_listings_there_is_nothing_to_do(desk: MarketDesk) -> None:
    desk.use()
    assert desk.refresh().status == "no_action"
    assert desk.alerts() == []


def test_a_provider_that_serves_none_of_it_is_not_asked(desk: MarketDesk) -> None:
    desk.use(Provider(name="simulated", kind="simulated"))
    result = desk.refresh()
    assert (result.status, desk.alerts()) == ("failed", [("provider_failing", True)])
