"""Every outcome in one plain sentence."""

from typing import Any

import pytest

from domain.balancing import decide
from domain.explain import sentence

from .strategies import example

SENTENCES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    (
        "Decided to buy 52 KO at 97.00: 3.0 % under the anchor of 100; the guardrail cut 104 to 52.",
        {},
        {},
    ),
    (
        "Decided to sell 50 KO at 103: 3.0 % over the anchor of 100; the guardrail cut 95 to 50.",
        {"price": "103"},
        {},
    ),
    ("Decided to buy 3 KO at 97.00: 3.0 % under the anchor of 100.", {}, {"sizing": "proportional"}),
    (
        "Decided to buy 52.3 KO at 97.00: 3.0 % under the anchor of 100; the guardrail cut 104.6 to 52.3.",
        {"lot": "0.1"},
        {"fractional": True},
    ),
    (
        "Decided to buy 224 KO at 30: 10.0 % under the anchor of 33.3333; the guardrail cut 240 to 224.",
        {"price": "30", "anchor": "33.333333333333"},
        {},
    ),
    (
        "Decided to buy 9 KO at 100.00: drift left 16.7 % in shares, under the guardrail of 25 %.",
        {"price": "100.00", "shares": "20"},
        {"rebalance_on_breach": True},
    ),
    (
        "Decided to sell 150 KO at 100: drift left 90.0 % in shares, over the guardrail of 75 %.",
        {"price": "100", "shares": "900"},
        {"rebalance_on_breach": True},
    ),
    (
        "Decided to sell 50 KO at 97: the anchor is 0.",
        {"price": "97", "anchor": "0"},
        {"sizing": "fixed_fraction", "g_low": "0.2"},
    ),
    ("Held KO: there is no price.", {"price": None}, {}),
    (
        "Held KO: the latest price, of 2026-03-10 14:32 UTC, is too old.",
        {"price_problem": "stale_price"},
        {},
    ),
    ("Held KO: the latest price is too old.", {"price_problem": "stale_price", "price_as_of": None}, {}),
    ("Held KO: the position is paused.", {"paused": True}, {}),
    ("Held KO: 97.01 is inside the band from 97.00 to 103.00.", {"price": "97.01"}, {}),
    ("Did not buy KO: the portfolio is frozen.", {"frozen": True}, {}),
    ("Did not buy KO: the books have not been reconciled with the broker yet.", {"reconciled": False}, {}),
    ("Did not sell KO: the market is closed.", {"session_open": False, "price": "103"}, {}),
    ("Did not buy KO: an earlier order or recommendation is still open.", {"open_order": True}, {}),
    ("Did not buy KO: the day's fifth order was already out.", {"orders_today": 5}, {}),
    ("Did not buy KO: the day's 11th order was already out.", {"orders_today": 11}, {"max_orders_day": 11}),
    ("Did not buy KO: the day's 22nd order was already out.", {"orders_today": 23}, {"max_orders_day": 22}),
    ("Did not buy KO: the settings allow no orders.", {}, {"max_orders_day": 0}),
    (
        "Did not buy KO: with 49.2 % in shares, the guardrail of 49 % leaves less than 1 to buy.",
        {},
        {"g_high": "0.49"},
    ),
    (
        "Did not sell KO: with 9.3 % in shares, the guardrail of 25 % leaves less than 1 to sell.",
        {"price": "103", "shares": "10"},
        {},
    ),
    (
        "Did not buy KO: with nothing in shares, the guardrail of 75 % leaves less than 1 to buy.",
        {"shares": "0", "cash": "0"},
        {},
    ),
    (
        "Did not buy KO: the size of 0.209374003613 is less than the smallest lot of 1.",
        {},
        {"r": "0.001"},
    ),
    (
        "Did not buy KO: 52 at 97.00 come to 5044.00, less than the smallest trade of 6000.",
        {},
        {"min_notional": "6000"},
    ),
    (
        "Did not buy KO: 52 at 97.00 cost 5044.51 with commission, and the cash is 5044.50.",
        {"cash": "5044.50", "receivable": "4955.50"},
        {},
    ),
    (
        "Did not sell KO: 120 are more than the 100 held.",
        {"price": "103", "cash": "-20000"},
        {"sizing": "fixed_fraction", "r": "1.2"},
    ),
]


@pytest.mark.parametrize(
    ("expected", "changes", "settings"), SENTENCES, ids=[text for text, _, _ in SENTENCES]
)
def test_a_decision_reads(expected: str, changes: dict[str, Any], settings: dict[str, Any]) -> None:
    inputs = example(**({"price": "97.00"} | changes), settings=settings)
    assert sentence(inputs, decide(inputs), "KO") == expected
