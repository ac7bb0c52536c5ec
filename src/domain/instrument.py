"""An instrument: a security as such, wherever it is listed; one for each ISIN."""

from dataclasses import dataclass
from typing import ClassVar, Literal, assert_never
from uuid import UUID

from domain.events import Event, StreamKind, Value
from domain.isin import require_isin
from domain.refusals import Conflict

Kind = Literal["stock", "etf", "etc", "fund", "trust", "bond", "money_market", "other"]
"""What it is: a single stock, a fund traded on an exchange, a commodity, a fund, an investment trust, …"""

Distribution = Literal["accumulating", "distributing"]
"""Whether a share class keeps its income or pays it out."""

WORDS: dict[Kind, str] = {
    "stock": "single stock",
    "etf": "ETF",
    "etc": "ETC",
    "trust": "investment trust",
    "money_market": "money market fund",
    "other": "instrument",
}


class Particulars(Value):
    """What is known of an instrument; null is what nobody has told yet."""

    isin: str | None = None
    title: str | None = None
    kind: Kind | None = None
    distribution: Distribution | None = None

    @property
    def words(self) -> str:
        """Them in a few words."""
        kind = "instrument" if self.kind is None else WORDS.get(self.kind, self.kind)
        of_class = f"{self.distribution} {kind}" if self.distribution else kind
        name = f" {self.title}" if self.title else ""
        return f"{of_class}{name}{f' with ISIN {self.isin}' if self.isin else ' without an ISIN'}"


class InstrumentRegistered(Event):
    """An instrument became known."""

    name: ClassVar[str] = "instrument.registered.1"
    stream_kind: ClassVar[StreamKind] = "instrument"

    instrument_id: UUID
    particulars: Particulars

    def sentence(self) -> str:
        return f"Registered the {self.particulars.words}."


class InstrumentChanged(Event):
    """More or something else is known of an instrument: this is all that is known now."""

    name: ClassVar[str] = "instrument.changed.1"
    stream_kind: ClassVar[StreamKind] = "instrument"

    instrument_id: UUID
    particulars: Particulars
    before: Particulars

    def sentence(self) -> str:
        return f"The {self.before.words} is known as the {self.particulars.words}."


AnyInstrumentEvent = InstrumentRegistered | InstrumentChanged


@dataclass(frozen=True, slots=True)
class Instrument:
    """What decisions read of an instrument."""

    id: UUID
    particulars: Particulars

    @property
    def isin(self) -> str | None:
        """Its ISIN, if it has one."""
        return self.particulars.isin


def evolve(state: Instrument | None, event: AnyInstrumentEvent) -> Instrument:
    """The instrument after an event."""
    match event:
        case InstrumentRegistered() | InstrumentChanged():
            return Instrument(event.instrument_id, event.particulars)
        case _:
            assert_never(event)


def register(
    existing: Instrument | None, instrument_id: UUID, wanted: Particulars
) -> list[AnyInstrumentEvent]:
    """Register an instrument; of one that is known under its ISIN, learn what was not known yet.

    Raises Conflict when something else is known of it, and Invalid for what is no ISIN.
    """
    if existing is None:
        require_isin(wanted.isin)
        return [InstrumentRegistered(instrument_id=instrument_id, particulars=wanted)]
    told = wanted.model_dump(exclude_none=True)
    known = existing.particulars.model_dump(exclude_none=True)
    contradicted = [field for field, value in told.items() if known.get(field, value) != value]
    if contradicted:
        raise Conflict(
            f"The ISIN {existing.isin} is that of the {existing.particulars.words};"
            " change what is known of it where it is."
        )
    return change(existing, wanted)


def change(state: Instrument, told: Particulars) -> list[AnyInstrumentEvent]:
    """Learn what is told of an instrument; what is not told stays as it is.

    Raises Conflict for another ISIN, which is another instrument, and Invalid for what is no ISIN.
    """
    require_isin(told.isin)
    if state.isin is not None and told.isin not in (None, state.isin):
        raise Conflict(
            f"The instrument has the ISIN {state.isin}, which it keeps; register another one for {told.isin}."
        )
    after = state.particulars.model_copy(update=told.model_dump(exclude_none=True))
    if after == state.particulars:
        return []
    return [InstrumentChanged(instrument_id=state.id, particulars=after, before=state.particulars)]
