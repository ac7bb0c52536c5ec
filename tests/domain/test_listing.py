"""Registering listings."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.instrument import Instrument, Particulars
from domain.listing import describe, evolve, register
from domain.refusals import Conflict, Invalid
from stories import KO, VOD, a_listing


def test_a_new_listing_is_registered() -> None:
    """In pence, or in whatever is a unit of its currency."""
    for wanted in (KO, VOD):
        assert register(None, wanted) == [wanted]


def test_the_same_listing_again_is_already_so() -> None:
    """Under whatever id it is asked for."""
    assert register(a_listing(), KO.model_copy(update={"listing_id": UUID(int=7)})) == []


@pytest.mark.parametrize(
    "change",
    [
        {"lot": Decimal("0.1")},
        {"currency": "EUR", "quote_unit": "EUR"},
        {"title": "Other"},
        {"tick": Decimal("0.05")},
    ],
)
def test_other_particulars_under_a_known_symbol_are_a_conflict(change: dict[str, Any]) -> None:
    """A listing never changes silently."""
    known = a_listing(title="Coca-Cola", tick=Decimal("0.01"))
    with pytest.raises(Conflict, match="KO on XNYS is already registered"):
        register(known, KO.model_copy(update=change))


def test_what_is_left_out_contradicts_nothing() -> None:
    """A replay knows only a symbol and a currency."""
    known = a_listing(title="Coca-Cola", tick=Decimal("0.01"), isin="US1912161007", instrument_id=UUID(int=5))
    assert register(known, KO) == []


OTHER: dict[str, Any] = {"isin": "US0378331005", "instrument_id": UUID(int=6)}


def test_the_symbol_of_another_security_is_a_conflict_that_says_what_to_do() -> None:
    """A symbol is no identity."""
    known = a_listing(isin="US1912161007", instrument_id=UUID(int=5))
    with pytest.raises(Conflict, match="another security, US1912161007") as refused:
        register(known, KO.model_copy(update=OTHER))
    assert f"POST /listings/{known.id}/symbol" in str(refused.value)
    assert f"POST /listings/{known.id}/retire" in str(refused.value)


def test_a_security_is_not_guessed_from_its_symbol() -> None:
    """Without an ISIN it may be the same or another; a person says so."""
    with pytest.raises(Conflict, match=f"without an ISIN.*PATCH /listings/{a_listing().id}"):
        register(a_listing(), KO.model_copy(update=OTHER))


def test_a_listing_from_before_there_were_instruments_is_linked_by_its_isin() -> None:
    """When it is registered once more."""
    told = {"isin": "US1912161007", "instrument_id": UUID(int=5)}
    linked = register(a_listing(isin="US1912161007"), KO.model_copy(update=told))
    assert [event.name for event in linked] == ["listing.described.1"]
    assert evolve(a_listing(isin="US1912161007"), linked[0]).instrument_id == UUID(int=5)


def test_more_is_learnt_of_a_listing() -> None:
    """What is not told stays as it is."""
    apple = Instrument(UUID(int=6), Particulars(isin="US0378331005"))
    [event] = describe(a_listing(title="Coca-Cola"), tick=Decimal("0.01"), instrument=apple)
    known = evolve(a_listing(title="Coca-Cola"), event)
    assert known == a_listing(title="Coca-Cola", tick=Decimal("0.01"), **OTHER)
    assert event.sentence() == "KO is Coca-Cola, US0378331005, in steps of 0.01."
    assert describe(known, title="Coca-Cola", tick=Decimal("0.01"), instrument=apple) == []
    assert describe(known) == []
    with pytest.raises(Conflict, match="is US0378331005, and remains that security"):
        describe(known, instrument=Instrument(UUID(int=7), Particulars(isin="US1912161007")))
    with pytest.raises(Invalid, match="tick must be above zero"):
        describe(known, tick=Decimal(0))


@pytest.mark.parametrize(
    ("currency", "name", "unit", "scale"),
    [
        ("GBP", "GBX", "GBX", "0.01"),
        ("GBP", "GBp", "GBX", "0.01"),
        ("GBP", "gbx", "GBX", "0.01"),
        ("GBP", "GBP", "GBP", "1"),
        ("ZAR", "ZAc", "ZAc", "0.01"),
        ("ZAR", "ZAC", "ZAc", "0.01"),
        ("ILS", "ILA", "ILA", "0.01"),
        ("USD", "USX", "USX", "0.01"),
        ("USD", "USc", "USX", "0.01"),
        ("EUR", "EUX", "EUX", "0.01"),
        ("KWD", "KWF", "KWF", "0.001"),
    ],
)
def test_units_are_known_by_one_name(currency: str, name: str, unit: str, scale: str) -> None:
    """Whatever a provider calls them; pence are often written GBp, where only the case tells them from pounds."""
    [registered] = register(None, KO.model_copy(update={"currency": currency, "quote_unit": name}))
    known = evolve(None, registered)
    assert (known.quote_unit, known.unit_scale) == (unit, Decimal(scale))
    assert register(known, KO.model_copy(update={"currency": currency, "quote_unit": name})) == []


def test_a_unit_is_no_currency() -> None:
    """Pence would count as pounds."""
    with pytest.raises(Invalid, match="prices in GBP are quoted in") as refused:
        register(None, KO.model_copy(update={"currency": "GBX", "quote_unit": "GBX"}))
    assert refused.value.field == "currency"


@pytest.mark.parametrize("unit", ["EUR", "GBX", "GBp", "usd", "USd", ""])
def test_a_unit_of_another_currency_is_refused(unit: str) -> None:
    """Pence are not a unit of dollars."""
    with pytest.raises(Invalid, match="is not a unit of USD") as refused:
        register(None, KO.model_copy(update={"quote_unit": unit}))
    assert refused.value.field == "quote_unit"


@pytest.mark.parametrize("step", ["0", "-1"])
@pytest.mark.parametrize("field", ["lot", "tick"])
def test_a_step_is_above_zero(field: str, step: str) -> None:
    """Quantities come in steps of the lot, prices in steps of the tick."""
    with pytest.raises(Invalid, match=f"{field} must be above zero"):
        register(None, KO.model_copy(update={field: Decimal(step)}))


def test_what_is_no_isin_is_refused() -> None:
    """Its check digit does not fit."""
    with pytest.raises(Invalid, match="US1912161008 is no ISIN"):
        register(None, KO.model_copy(update={"isin": "US1912161008"}))


def test_pence_are_a_hundredth_of_a_pound() -> None:
    """8412.5 GBX is 84.125 GBP."""
    assert Decimal("8412.5") * a_listing(VOD).unit_scale == Decimal("84.125")
