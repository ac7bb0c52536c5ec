"""A position as a picture: thinned prices, the band as it moved, fills and skips; and settings that are only tried."""

from datetime import timedelta
from decimal import Decimal

from starlette.testclient import TestClient

from api.http.schemas.charts import PositionChart, SettingsPreview
from api.wiring import House
from examples import IN_SESSION, eventually
from over_http import Example, answered, fields, open_example


def chart(example: Example, **asked: str) -> PositionChart:
    """The chart, which must be of its documented shape."""
    answer = example.client.get(f"{example.address}/chart", params=asked)
    return PositionChart.model_validate(answered(answer))


def test_a_fill_is_a_mark_and_a_step_of_the_band(live: TestClient) -> None:
    example = open_example(live)
    example.evaluate(price="97.00")
    eventually(lambda: len(chart(example).band) == 2)

    drawn = chart(example)

    (mark,) = drawn.marks
    assert (mark.kind, mark.price, mark.quantity) == ("bought", "97.00", "52")
    assert mark.sentence.startswith("Bought 52 KO at 97.00")
    assert [(step.anchor, step.buy_below, step.sell_above) for step in drawn.band] == [
        ("100", "97.00", "103.00"),
        ("97.00", "94.0900", "99.9100"),
    ]


def test_a_skip_is_a_mark_with_its_reason(live: TestClient) -> None:
    example = open_example(live, settings={"min_notional": "1000000"})
    example.evaluate(price="97.00")

    (mark,) = chart(example).marks

    assert (mark.kind, mark.price) == ("skipped", "97.00")
    assert mark.sentence.startswith("Did not buy KO: ")


def test_prices_are_one_a_stretch_and_gaps_stay_gaps(client: TestClient, house: House) -> None:
    example = open_example(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=50)
    for second, price in ((1, "100"), (2, "100.1"), (3, "100.2"), (1801, "100.3")):
        example.tick(price, IN_SESSION + timedelta(seconds=second))

    drawn = chart(example, span="hour")

    assert drawn.step_seconds == 10
    assert [each.price for each in drawn.prices] == ["100.2", "100.3"]


def test_a_price_that_the_gate_stopped_is_not_drawn(client: TestClient, house: House) -> None:
    example = open_example(client)
    house.ledger.clock = lambda: IN_SESSION + timedelta(minutes=1)
    example.tick("100", IN_SESSION)
    example.tick("1", IN_SESSION + timedelta(seconds=30))

    assert [each.price for each in chart(example).prices] == ["100"]


def test_unasked_it_shows_all_of_a_young_position(live: TestClient, running: House) -> None:
    example = open_example(live)
    spans = []
    for age in (timedelta(minutes=5), timedelta(hours=2), timedelta(days=3), timedelta(days=400)):
        running.ledger.clock = lambda age=age: IN_SESSION + age  # type: ignore[misc]  # a clock takes nothing
        spans.append(chart(example).span)

    assert spans == ["hour", "day", "week", "month"]
    assert fields(live.get(f"{example.address}/chart?span=decade")) == ["span"]


def test_settings_are_tried_without_a_trace(live: TestClient) -> None:
    example = open_example(live)
    example.tick("98")
    before = example.events()

    answer = live.post(f"{example.address}/preview", json={"settings": {"tau": "0.01", "g_high": "0.6"}})

    tried = SettingsPreview.model_validate(answered(answer))
    assert (tried.buy_below, tried.sell_above) == ("99.00", "101.00")
    assert (tried.guardrails.high, tried.evaluation.outcome, tried.evaluation.side) == ("0.6", "trade", "BUY")
    assert tried.evaluation.order_id is None
    assert Decimal(example.card()["buy_below"]) == 97
    assert example.events() == before


def test_settings_that_contradict_each_other_are_refused_by_name(client: TestClient) -> None:
    example = open_example(client)

    answer = client.post(f"{example.address}/preview", json={"settings": {"g_low": "0.8"}})

    assert fields(answer) == ["settings.g_low"]


def test_cards_say_what_they_would_do_when_asked(client: TestClient) -> None:
    example = open_example(client)
    example.tick("100")

    (plain,) = answered(client.get("/positions"))["items"]
    (told,) = answered(client.get("/positions?sentences=true"))["items"]

    assert told.pop("sentence").startswith("Held KO: 100 is inside the band")
    assert told == plain
    assert example.position_id == plain["id"]
