"""Examples of the events by which instruments and listings become known, and change."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.events import Event
from domain.instrument import InstrumentChanged, InstrumentRegistered, Particulars
from domain.listing import ListingDescribed, ListingRetired, SymbolChanged
from domain.position.events import PositionSymbolChanged
from stories import AT, KO, LISTING_ID, PLACE

INSTRUMENT_ID = UUID("019aa000-0000-7000-8000-000000000007")
ISIN = "IE00BK5BQT80"


def registry_examples() -> list[Event]:
    """One of each."""
    known = Particulars(isin=ISIN, title="FTSE All-World", kind="etf", distribution="accumulating")
    return [
        InstrumentRegistered(instrument_id=INSTRUMENT_ID, particulars=Particulars(isin=ISIN)),
        InstrumentChanged(instrument_id=INSTRUMENT_ID, particulars=known, before=Particulars(isin=ISIN)),
        ListingDescribed(
            listing_id=LISTING_ID,
            symbol="KO",
            title="Coca-Cola",
            tick=Decimal("0.01"),
            instrument_id=INSTRUMENT_ID,
            isin="US1912161007",
        ),
        SymbolChanged(
            listing_id=LISTING_ID,
            exchange="XNYS",
            former_symbol="FB",
            symbol="META",
            effective=date(2026, 11, 20),
            effective_at=AT,
            reason="The company is called Meta Platforms now.",
        ),
        PositionSymbolChanged.model_validate(PLACE | {"symbol": "META", "former_symbol": "FB"}),
        ListingRetired(
            listing_id=LISTING_ID,
            exchange="XNYS",
            symbol="KO",
            effective=date(2026, 11, 20),
            effective_at=AT,
            reason="Taken private.",
        ),
    ]


def registered_with_all() -> Event:
    """A registration with the fields that its first release did not have."""
    return KO.model_copy(
        update={"instrument_id": INSTRUMENT_ID, "tick": Decimal("0.01"), "symbol_since": AT, "isin": ISIN}
    )
