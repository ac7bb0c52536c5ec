"""Put a strategy forward for a portfolio, and approve it (DOMAIN §7).

A policy names securities by ticker, exchange and currency: those that are not registered yet are registered with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from uuid import UUID

from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports import Archives
from application.registry.listings import KeepListings
from application.stream_cache import Cache
from domain.listing import Listing, ListingRegistered
from domain.policy import Instrument, Policy, ReadPolicy, canonical, hash_of, read
from domain.policy.constraints import excluded
from domain.policy.exchanges import market_identifier
from domain.policy.manifesto import problems
from domain.portfolio import policy as rules
from domain.portfolio.constituents import set_constituents
from domain.portfolio.events import Constituent, PolicyRef
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, FieldError, Invalid, InvalidFields
from domain.streams import INSTRUMENT, LISTING, PORTFOLIO

ONE = Decimal(1)
KNOWN_POLICIES_MAX = 1_000
MANIFESTO_CHARACTERS_MAX = 200_000


@dataclass(frozen=True, slots=True)
class Strategy:
    """A policy that was read, and the manifesto that goes with it."""

    policy: ReadPolicy
    manifesto: str | None

    @property
    def ref(self) -> PolicyRef:
        """How events name it."""
        manifesto = None if self.manifesto is None else hash_of(self.manifesto)
        return PolicyRef(
            policy_hash=self.policy.hash, manifesto_hash=manifesto, version=self.policy.policy.version
        )

    def faults(self) -> list[FieldError]:
        """What in the manifesto stands for a figure that the policy has not, line by line."""
        found = problems(self.policy.document, self.manifesto or "")
        return [("manifesto", f"Line {each.line}: {each.sentence}") for each in found]


def read_strategy(policy: bytes, manifesto: bytes | None) -> Strategy:
    """The strategy in the contents of two files. Raises InvalidFields with all that is wrong with either."""
    errors: list[FieldError] = []
    text = None
    if manifesto is not None:
        try:
            text = manifesto.decode()
        except UnicodeDecodeError:
            errors.append(("manifesto", "Must be a text in UTF-8."))
        errors += [("manifesto", sentence) for sentence in manifesto_faults(text or "")]
    try:
        found = read(policy)
    except InvalidFields as refused:
        raise InvalidFields([*refused.errors, *errors]) from None
    if errors:
        raise InvalidFields(errors)
    return Strategy(found, text)


def manifesto_faults(text: str) -> list[str]:
    """Why a text cannot be kept as a manifesto."""
    if len(text) > MANIFESTO_CHARACTERS_MAX or "\x00" in text:
        return [f"Must be printable, and at most {MANIFESTO_CHARACTERS_MAX} characters."]
    return []


@dataclass(frozen=True, slots=True)
class DraftPolicy:
    """The use case with what it needs from outside."""

    ledger: Ledger
    archives: Archives
    keep_listings: KeepListings

    def __call__(self, cause: Cause, portfolio_id: UUID, strategy: Strategy) -> Outcome[Portfolio]:
        """Put a strategy forward. Raises InvalidFields with everything in it that the portfolio cannot follow."""
        self.archives.keep(strategy.policy.hash, canonical(strategy.policy.document))
        if strategy.manifesto is not None and strategy.ref.manifesto_hash is not None:
            self.archives.keep(strategy.ref.manifesto_hash, strategy.manifesto)
        return self.ledger.transact(cause, lambda each: self._put_forward(each, portfolio_id, strategy))

    def rehearse(self, cause: Cause, portfolio_id: UUID, strategy: Strategy) -> Outcome[Portfolio]:
        """The portfolio as it would be if a strategy were put forward; nothing stays of it. Raises InvalidFields."""

        def decide(transaction: Transaction) -> Portfolio:
            return transaction.rehearse(lambda: self._put_forward(transaction, portfolio_id, strategy))

        return self.ledger.transact(cause, decide)

    def _put_forward(self, transaction: Transaction, portfolio_id: UUID, strategy: Strategy) -> Portfolio:
        stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
        if strategy.policy.policy.base_currency != portfolio.currency:
            raise Invalid("policy.base_currency", f"The portfolio's base currency is {portfolio.currency}.")
        errors = strategy.faults()
        try:
            _listings(transaction, self.keep_listings, strategy.policy.policy)
        except InvalidFields as refused:
            errors += refused.errors
        if errors:
            raise InvalidFields(errors)
        return transaction.append(stream, rules.draft(portfolio, strategy.ref))


@dataclass(frozen=True, slots=True)
class ApprovePolicy:
    """The use case with what it needs from outside."""

    ledger: Ledger
    archives: Archives
    keep_listings: KeepListings

    def __call__(
        self, cause: Cause, portfolio_id: UUID, policy_hash: str | None = None
    ) -> Outcome[Portfolio]:
        """Make the draft what runs follow; the portfolio's constituents become the policy's instruments."""

        def decide(transaction: Transaction) -> Portfolio:
            stream, portfolio = transaction.require(PORTFOLIO, portfolio_id)
            events = rules.approve(portfolio, policy_hash)
            if portfolio.draft is None or not events:
                return portfolio
            policy = archived(self.archives, portfolio.draft.policy_hash).policy
            listings = _listings(transaction, self.keep_listings, policy)
            known = {each.id: each for each in listings}
            gone = [each.listing_id for each in portfolio.constituents if each.listing_id not in known]
            known |= {each.id: each.state for each in transaction.prefetch(LISTING, gone) if each.state}
            portfolio = transaction.append(stream, events)
            return transaction.append(
                stream, set_constituents(portfolio, _constituents(policy, listings), known)
            )

        return self.ledger.transact(cause, decide)


@dataclass(frozen=True, slots=True)
class KnownPolicies:
    """Archived policies by their hash, each read once by a process: what a hash stands for never changes."""

    archives: Archives
    _known: Cache[str, ReadPolicy] = field(default_factory=lambda: Cache(KNOWN_POLICIES_MAX))

    def __call__(self, policy_hash: str) -> ReadPolicy:
        """The policy that was kept under a hash. Raises Conflict when there is none."""
        known = self._known.get(policy_hash)
        if known is not None:
            return known[1]
        policy = archived(self.archives, policy_hash)
        self._known.put(policy_hash, 1, policy)
        return policy


def archived(archives: Archives, policy_hash: str) -> ReadPolicy:
    """The policy that was kept under a hash. Raises Conflict when there is none."""
    text = archives.text(policy_hash)
    if text is None:
        raise Conflict(f"The policy {policy_hash[:8]} is not in the archive.")
    return read(text)


def _listings(transaction: Transaction, keep: KeepListings, policy: Policy) -> list[Listing]:
    """The listing of each instrument; raises InvalidFields with each that is registered as something else."""
    listings: list[Listing] = []
    errors: list[FieldError] = []
    for number, instrument in enumerate(policy.instruments):
        path = f"policy.instruments[{number}]"
        try:
            listing = _listing(transaction, keep, instrument)
            _require_allowed(transaction, policy, listing)
        except Conflict as conflict:
            errors.append((f"{path}.ticker", str(conflict)))
            continue
        except Invalid as error:
            errors.append((f"{path}.{error.field}", str(error)))
            continue
        listings.append(listing)
    if errors:
        raise InvalidFields(errors)
    return listings


def _listing(transaction: Transaction, keep: KeepListings, instrument: Instrument) -> Listing:
    exchange = market_identifier(instrument.exchange)
    if exchange is None:
        raise Invalid(
            "exchange", f"{instrument.exchange} is no exchange that is known; use its MIC, such as XLON."
        )
    known = keep.directory.listing_called(instrument.ticker, exchange)
    if known is None:
        wanted = ListingRegistered(
            listing_id=transaction.new_id(),
            symbol=instrument.ticker,
            exchange=exchange,
            currency=instrument.currency,
            quote_unit=instrument.quote_scale,
            lot=ONE,
            isin=instrument.isin,
        )
        return keep.within(transaction, wanted).listing
    _, listing = transaction.require(LISTING, known)
    for name, theirs, ours in (
        ("currency", instrument.currency, listing.currency),
        ("quote_scale", instrument.quote_scale, listing.quote_unit),
        ("isin", instrument.isin, listing.isin),
    ):
        if theirs is not None and ours is not None and theirs != ours:
            raise Invalid(name, f"{listing.symbol} on {listing.exchange} is registered with {ours}.")
    return listing


def _require_allowed(transaction: Transaction, policy: Policy, listing: Listing) -> None:
    """Refuse what the policy's constraints exclude, as far as the registry knows what it is. Raises Invalid."""
    if listing.instrument_id is None:
        return
    instrument = transaction.load(INSTRUMENT, listing.instrument_id).state
    fault = None if instrument is None else excluded(policy, instrument.particulars)
    if fault is not None:
        raise Invalid("ticker", f"{listing.symbol} {fault}")


def _constituents(policy: Policy, listings: Sequence[Listing]) -> list[Constituent]:
    park = policy.cash_park.instrument_ticker if policy.cash_park else None
    return [
        Constituent(
            listing_id=listing.id,
            sleeve=instrument.sleeve,
            role="cash_park" if instrument.ticker == park else "invested",
            priority=place,
            monitored=True,
        )
        for place, (instrument, listing) in enumerate(zip(policy.instruments, listings, strict=True), 1)
    ]
