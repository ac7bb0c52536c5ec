"""The table of settings: its defaults, its bounds, and what overrides what (DOMAIN §2)."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from domain.events import Value
from domain.refusals import Invalid
from domain.settings import Settings, SettingsChange, resolve

DEFAULTS = {
    "tau": Decimal("0.03"),
    "sizing": "anchor_ratio",
    "r": Decimal("0.5"),
    "g_low": Decimal("0.25"),
    "g_high": Decimal("0.75"),
    "min_notional": Decimal(100),
    "commission_bps": Decimal(1),
    "max_orders_day": 5,
    "withholding": Decimal("0.25"),
    "after_hours": False,
    "fractional": False,
    "order_type": "market",
    "drift_bps": Decimal(20),
    "rebalance_on_breach": False,
    "cadence": "tick",
    "max_daily_loss_pct": None,
}

OUT_OF_BOUNDS = [
    ("tau", "0"),
    ("tau", "1"),
    ("tau", "-0.03"),
    ("sizing", "kelly"),
    ("r", "0"),
    ("r", "-1"),
    ("g_low", "-0.01"),
    ("g_low", "1"),
    ("g_high", "0"),
    ("g_high", "1.01"),
    ("min_notional", "-1"),
    ("commission_bps", "-1"),
    ("commission_bps", "10000"),
    ("max_orders_day", -1),
    ("max_orders_day", 10_001),
    ("max_orders_day", True),
    ("max_orders_day", "5"),
    ("withholding", "-0.1"),
    ("withholding", "1.1"),
    ("after_hours", "yes"),
    ("fractional", 1),
    ("order_type", "stop"),
    ("drift_bps", "-1"),
    ("drift_bps", "10000"),
    ("rebalance_on_breach", 0),
    ("cadence", "hourly"),
    ("max_daily_loss_pct", "0"),
    ("max_daily_loss_pct", "100.1"),
]

ON_THE_BOUND = [
    ("tau", "0.999999999999"),
    ("g_low", "0"),
    ("g_high", "1"),
    ("min_notional", "0"),
    ("commission_bps", "0"),
    ("commission_bps", "9999.99"),
    ("max_orders_day", 0),
    ("withholding", "0"),
    ("withholding", "1"),
    ("drift_bps", "0"),
    ("max_daily_loss_pct", "100"),
]


def change(**overrides: Any) -> SettingsChange:
    return SettingsChange.model_validate(overrides)


def test_without_overrides_the_defaults_of_the_table_are_in_force() -> None:
    assert resolve().model_dump() == DEFAULTS


def test_a_change_knows_exactly_the_settings() -> None:
    assert list(SettingsChange.model_fields) == list(Settings.model_fields)


def test_the_position_overrides_the_portfolio_which_overrides_the_defaults() -> None:
    settings = resolve(change(tau="0.05", r="0.4"), change(tau="0.02"))
    assert (settings.tau, settings.r, settings.g_low) == (Decimal("0.02"), Decimal("0.4"), Decimal("0.25"))


def test_a_position_can_switch_off_what_its_portfolio_switched_on() -> None:
    portfolio = change(max_daily_loss_pct="2", after_hours=True)
    position = change(max_daily_loss_pct=None, after_hours=False)
    settings = resolve(portfolio, position)
    assert (settings.max_daily_loss_pct, settings.after_hours) == (None, False)


def test_null_is_no_value_for_any_other_setting() -> None:
    for name in set(Settings.model_fields) - {"max_daily_loss_pct"}:
        with pytest.raises(ValidationError) as refused:
            change(**{name: None})
        assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize("model", [Settings, SettingsChange])
@pytest.mark.parametrize(("name", "value"), OUT_OF_BOUNDS)
def test_a_value_out_of_bounds_names_its_field(model: type[Value], name: str, value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        model.model_validate({name: value})
    assert [error["loc"][0] for error in refused.value.errors()] == [name]


@pytest.mark.parametrize(("name", "value"), ON_THE_BOUND)
def test_a_value_on_its_bound_is_legal(name: str, value: object) -> None:
    assert resolve(change(**{name: value})) != resolve()


def test_every_bad_field_is_named_at_once() -> None:
    with pytest.raises(ValidationError) as refused:
        change(tau="2", r="x", surprise="1")
    assert {error["loc"] for error in refused.value.errors()} == {("tau",), ("r",), ("surprise",)}


def test_decimals_come_as_strings() -> None:
    for number in (0.03, 1, "3e-2", " 0.03", "NaN"):
        with pytest.raises(ValidationError):
            change(tau=number)


@pytest.mark.parametrize(
    ("portfolio", "position"),
    [({"g_low": "0.8"}, {}), ({"g_high": "0.5"}, {"g_low": "0.5"}), ({}, {"g_high": "0.25"})],
)
def test_guardrails_out_of_order_are_refused_whoever_set_them(
    portfolio: dict[str, str], position: dict[str, str]
) -> None:
    with pytest.raises(Invalid, match="must be below the upper one") as refused:
        resolve(change(**portfolio), change(**position))
    assert refused.value.field == "settings.g_low"


def test_guardrails_out_of_order_may_be_set_right_by_the_position() -> None:
    assert resolve(change(g_low="0.8"), change(g_high="0.9")).g_high == Decimal("0.9")


def test_a_change_is_stored_as_it_was_given() -> None:
    given = change(tau="0.050", max_daily_loss_pct=None, fractional=True)
    stored = given.model_dump_json()
    assert stored == '{"tau":"0.050","fractional":true,"max_daily_loss_pct":null}'
    assert SettingsChange.model_validate_json(stored) == given


def test_settings_survive_their_json() -> None:
    settings = resolve(change(tau="0.012345678901", max_daily_loss_pct="2.50"))
    assert Settings.model_validate_json(settings.model_dump_json()) == settings


def test_a_later_change_is_laid_over_an_earlier_one() -> None:
    merged = change(tau="0.05", r="0.4").merged(change(r="0.6", max_daily_loss_pct=None))
    assert merged == change(tau="0.05", r="0.6", max_daily_loss_pct=None)


def test_switching_off_is_not_the_same_as_leaving_out() -> None:
    off = change(max_daily_loss_pct=None)
    assert off != change()
    assert {off, change()} == {change(), change(max_daily_loss_pct=None)}


def test_a_change_in_words() -> None:
    assert change(max_orders_day=3, tau="0.050").words() == "tau 0.05, max_orders_day 3"
    assert change(after_hours=True, fractional=False).words() == "after_hours on, fractional off"
    assert change(max_daily_loss_pct=None, sizing="proportional").words() == (
        "sizing proportional, max_daily_loss_pct off"
    )
    assert change().words() == "nothing"
