"""Find the listings that a statement's securities are, by what is known, remembered or answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from application.ledger import Transaction
from application.ports.statements import ImportedBooks
from application.registry.listings import KeepListings
from domain.listing import Listing, ListingRegistered
from domain.refusals import Invalid
from domain.statements.matching import Candidate, ask, match
from domain.statements.statement import NewListing, Question, Row, Security
from domain.streams import LISTING

WHOLE_UNITS = Decimal(1)


@dataclass(frozen=True, slots=True)
class Given:
    """What a person answers. ``listings`` by what the file calls them; ``register`` takes up what was proposed."""

    listings: Mapping[str, UUID] = field(default_factory=dict)
    register: frozenset[str] = frozenset()
    skipped_securities: frozenset[str] = frozenset()
    skipped_lines: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FindListings:
    """A step of an import, with what it needs from outside."""

    books: ImportedBooks
    keep_listings: KeepListings

    def __call__(
        self, transaction: Transaction, portfolio_id: UUID, rows: Sequence[Row], given: Given
    ) -> tuple[Mapping[str, Listing], Sequence[Question]]:
        """Listings by what the file calls them, and what is to be asked. Raises Invalid for an answer to nothing."""
        lines = _lines(rows)
        securities = {each.called: each for row in rows if (each := row.security)}
        candidates = self._candidates(transaction, list(securities.values()))
        remembered = self.books.remembered(portfolio_id, list(securities))
        found: dict[str, Listing] = {}
        questions: list[Question] = []
        for called, security in securities.items():
            listing = self._answered(transaction, security, given)
            listing = listing or match(security, candidates) or _loaded(transaction, remembered.get(called))
            if listing is not None:
                found[called] = listing
                continue
            question = ask(security, lines[called], candidates)
            if called in given.register:
                found[called] = self._registered(transaction, called, question.proposed)
            elif called not in given.skipped_securities:
                questions.append(question)
        return found, questions

    def _candidates(self, transaction: Transaction, securities: Sequence[Security]) -> list[Candidate]:
        known = self.books.candidates(
            [each.isin for each in securities if each.isin],
            [each.symbol for each in securities if each.symbol],
            [each.title for each in securities if each.title],
        )
        loaded = {each.id: each.state for each in transaction.prefetch(LISTING, known)}
        return [Candidate(listing, known[id_]) for id_, listing in loaded.items() if listing is not None]

    def _answered(self, transaction: Transaction, security: Security, given: Given) -> Listing | None:
        listing_id = given.listings.get(security.called)
        if listing_id is None:
            return None
        listing = transaction.load(LISTING, listing_id).state
        if listing is None:
            raise Invalid(f"answers.{security.called}", f"There is no listing {listing_id}.")
        return listing

    def _registered(self, transaction: Transaction, called: str, proposed: NewListing | None) -> Listing:
        if proposed is None:
            told = "The file says too little of it to register it: register it yourself, and name it"
            raise Invalid(f"answers.{called}", f"{told}.")
        wanted = ListingRegistered(listing_id=transaction.new_id(), lot=WHOLE_UNITS, **proposed.model_dump())
        return self.keep_listings.within(transaction, wanted).listing


def _lines(rows: Sequence[Row]) -> Mapping[str, Sequence[int]]:
    lines: dict[str, list[int]] = {}
    for row in rows:
        if row.security is not None:
            lines.setdefault(row.security.called, []).append(row.line)
    return lines


def _loaded(transaction: Transaction, listing_id: UUID | None) -> Listing | None:
    return None if listing_id is None else transaction.load(LISTING, listing_id).state
