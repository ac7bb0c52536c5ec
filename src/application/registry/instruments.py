"""Make an instrument known, and learn more of it."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.registry.directory import Directory
from domain import instrument as rules
from domain.instrument import Instrument, Particulars
from domain.refusals import Conflict
from domain.streams import INSTRUMENT

ISINS = UUID("b3a0a1de-3b1d-5c62-8d1e-6f1f0a7c6166")
"""The name space in which the stream of an instrument with an ISIN is named."""


@dataclass(frozen=True, slots=True)
class KeepInstruments:
    """The use cases with what they need from outside. Each raises Conflict and Invalid."""

    ledger: Ledger
    directory: Directory

    def register(self, cause: Cause, told: Particulars) -> Outcome[Instrument]:
        """Register an instrument; of the one that its ISIN is known by, learn what was not known."""
        return self.ledger.transact(cause, lambda each: registered(each, self.directory, told))

    def change(self, cause: Cause, instrument_id: UUID, told: Particulars) -> Outcome[Instrument]:
        """Learn what is told of an instrument. Raises NotFound."""

        def decide(transaction: Transaction) -> Instrument:
            stream, state = transaction.require(INSTRUMENT, instrument_id)
            other = None if told.isin is None else self.directory.instrument_with(told.isin)
            if other not in (None, instrument_id):
                raise Conflict(f"The ISIN {told.isin} is that of another instrument, {other}.")
            return transaction.append(stream, rules.change(state, told))

        return self.ledger.transact(cause, decide)


def registered(transaction: Transaction, directory: Directory, told: Particulars) -> Instrument:
    """The instrument of an ISIN within a transaction, which registers it if nobody has.

    Its stream is named for the ISIN, so that whoever registers it twice, within one append or at once, meets.
    """
    known = None if told.isin is None else directory.instrument_with(told.isin) or uuid5(ISINS, told.isin)
    stream = transaction.load(INSTRUMENT, known or transaction.new_id())
    return transaction.append(stream, rules.register(stream.state, stream.id, told))
