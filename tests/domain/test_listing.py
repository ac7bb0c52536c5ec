"""Registering listings."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from domain.listing import register
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
    [{"lot": Decimal("0.1")}, {"currency": "EUR", "quote_unit": "EUR"}, {"isin": "US0"}, {"title": "Other"}],
)
def test_other_particulars_under_a_known_symbol_are_a_conflict(change: dict[str, Any]) -> None:
    """A listing never changes silently."""
    with pytest.raises(Conflict, match="KO on XNYS is already registered"):
        register(a_listing(), KO.model_copy(update=change))


@pytest.mark.parametrize("unit", ["EUR", "GBX", "usd", ""])
def test_a_unit_of_another_currency_is_refused(unit: str) -> None:
    """Pence are not a unit of dollars."""
    with pytest.raises(Invalid, match="is not a unit of USD") as refused:
        register(None, KO.model_copy(update={"quote_unit": unit}))
    assert refused.value.field == "quote_unit"


@pytest.mark.parametrize("lot", ["0", "-1"])
def test_a_lot_is_above_zero(lot: str) -> None:
    """Quantities come in steps of it."""
    with pytest.raises(Invalid, match="lot must be above zero"):
        register(None, KO.model_copy(update={"lot": Decimal(lot)}))


def test_pence_are_a_hundredth_of_a_pound() -> None:
    """8412.5 GBX is 84.125 GBP."""
    assert Decimal("8412.5") * a_listing(VOD).unit_scale == Decimal("84.125")
