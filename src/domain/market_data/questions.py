"""What a provider over HTTP is asked, and where in its JSON the answers stand."""

from collections.abc import Iterable, Set
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from domain.events import Value
from domain.market_data.paths import NAME, check_path
from domain.market_data.templates import check_url, places

KEY = "key"
OF_A_LISTING = frozenset({"symbol", "exchange", "currency"})
OF_A_PAIR = frozenset({"base", "quote"})
SYMBOLS_MAX = 200


def _listing_path(path: str) -> str:
    return path if path == NAME else check_path(path, known=OF_A_LISTING)


def _pair_path(path: str) -> str:
    return check_path(path, known=OF_A_PAIR)


ListingPath = Annotated[str, Field(strict=True), AfterValidator(_listing_path)]
PairPath = Annotated[str, Field(strict=True), AfterValidator(_pair_path)]
Address = Annotated[str, Field(strict=True), AfterValidator(check_url)]


class Question(Value):
    """One address to ask. What is asked for stands in the address, or in a path through the answer."""

    PLACES: ClassVar[frozenset[str]] = OF_A_LISTING
    NEEDED: ClassVar[frozenset[str]] = frozenset({"symbol"})

    url: Address

    @model_validator(mode="after")
    def _asks_for_what_is_wanted(self) -> Self:
        unknown = places(self.url) - self.known_places - {KEY}
        if unknown:
            raise ValueError(f"has no place {_named(unknown)}; there are {_named(self.known_places)}")
        paths: Iterable[object] = self.model_dump().values()
        missing = self.needed_places - {
            place for text in paths if isinstance(text, str) for place in places(text)
        }
        if missing:
            raise ValueError(f"must have the place {_named(missing)}, in the address or in a path")
        return self

    @property
    def known_places(self) -> frozenset[str]:
        """What may be filled in."""
        return self.PLACES

    @property
    def needed_places(self) -> frozenset[str]:
        """What must be filled in, or every listing would get the same answer."""
        return self.NEEDED


class QuotesQuestion(Question):
    """What a listing trades at now.

    ``items`` leads to a list of listings, or to an object of them by symbol; ``symbol`` says whose an item is, and is
    compared with what was asked. With ``symbols_max`` above one, ``{symbols}`` is a list with commas.
    """

    as_of: ListingPath
    last: ListingPath | None = None
    bid: ListingPath | None = None
    ask: ListingPath | None = None
    currency: ListingPath | None = None
    unit: ListingPath | None = None
    symbol: ListingPath | None = None
    items: ListingPath | None = None
    symbols_max: int = Field(default=1, strict=True, ge=1, le=SYMBOLS_MAX)

    @model_validator(mode="after")
    def _has_a_price(self) -> Self:
        if self.last is None and (self.bid is None or self.ask is None):
            raise ValueError("must say where last stands, or bid and ask")
        if self.symbols_max > 1 and (self.items is None or self.symbol is None):
            raise ValueError("must say where items stand and which symbol each has, when it asks for several")
        return self

    @property
    def known_places(self) -> frozenset[str]:
        """Either one symbol, or several."""
        return self.PLACES if self.symbols_max == 1 else frozenset({"symbols"})

    @property
    def needed_places(self) -> frozenset[str]:
        """Either one symbol, or several."""
        return self.NEEDED if self.symbols_max == 1 else frozenset({"symbols"})


class ClosesQuestion(Question):
    """Daily bars since the day ``{since}``, as 2026-03-10.

    ``items`` leads to a list of days, or to an object of them by date, which is then ``@``. Without it each path leads
    to a list of its own, all equally long.
    """

    PLACES: ClassVar[frozenset[str]] = OF_A_LISTING | {"since"}

    as_of: ListingPath
    close: ListingPath
    open: ListingPath | None = None
    high: ListingPath | None = None
    low: ListingPath | None = None
    currency: ListingPath | None = None
    unit: ListingPath | None = None
    symbol: ListingPath | None = None
    items: ListingPath | None = None


class FxQuestion(Question):
    """What one unit of the currency ``{base}`` costs in ``{quote}``. Names that the answer gives are compared."""

    PLACES: ClassVar[frozenset[str]] = OF_A_PAIR
    NEEDED: ClassVar[frozenset[str]] = OF_A_PAIR

    as_of: PairPath
    rate: PairPath
    base: PairPath | None = None
    quote: PairPath | None = None


def _named(names: Set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))
