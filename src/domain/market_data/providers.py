"""A provider of prices as a portfolio names it."""

import re
from collections.abc import Mapping
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, field_validator, model_validator

from domain.events import Value
from domain.market_data.questions import KEY, ClosesQuestion, FxQuestion, Question, QuotesQuestion
from domain.market_data.templates import host_of, places

ProviderKind = Literal["http", "alpaca", "files", "simulated"]
AlpacaFeed = Literal["iex", "sip", "delayed_sip"]

HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", re.ASCII)
HEADERS_MAX = 20
HEADER_LETTERS_MAX = 500
OURS = frozenset(
    {
        "accept-encoding",
        "connection",
        "content-length",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Headers that say how the answer travels, which is not the provider's configuration to choose."""

SYMBOLS_MAX = 5_000


def _header_value(value: str) -> str:
    if len(value) > HEADER_LETTERS_MAX or not all(" " <= letter <= "~" for letter in value):
        raise ValueError(f"must be at most {HEADER_LETTERS_MAX} visible ASCII letters")
    if places(value) - {KEY}:
        raise ValueError("has no place but {key}")
    return value


HeaderValue = Annotated[str, Field(strict=True), AfterValidator(_header_value)]
ProviderName = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9_-]{0,31}$")]
ProviderSymbol = Annotated[str, Field(strict=True, pattern=r"^[!-~]{1,64}$")]
Suffix = Annotated[str, Field(strict=True, pattern=r"^[!-~]{0,16}$")]
Exchange = Annotated[str, Field(strict=True, pattern=r"^[A-Z0-9]{4}$")]


class Provider(Value):
    """Who is asked, and how. Its key is kept elsewhere, sealed; here is what anybody may know.

    A listing goes by its own symbol with its exchange's suffix there, or by the symbol given for it. ``headers``,
    With ``exchanges`` it is asked about listings there only. ``headers``, ``quotes``, ``closes`` and ``fx`` are for
    ``http``, ``feed`` is Alpaca's.
    """

    name: ProviderName
    kind: ProviderKind
    headers: dict[str, HeaderValue] = Field(default_factory=dict, max_length=HEADERS_MAX)
    symbols: dict[UUID, ProviderSymbol] = Field(default_factory=dict, max_length=SYMBOLS_MAX)
    suffixes: dict[Exchange, Suffix] = Field(default_factory=dict, max_length=SYMBOLS_MAX)
    exchanges: tuple[Exchange, ...] | None = Field(default=None, max_length=SYMBOLS_MAX)
    quotes: QuotesQuestion | None = None
    closes: ClosesQuestion | None = None
    fx: FxQuestion | None = None
    feed: AlpacaFeed | None = None

    @field_validator("headers")
    @classmethod
    def _can_be_sent(cls, headers: Mapping[str, str]) -> Mapping[str, str]:
        for name in headers:
            if not HEADER_NAME.fullmatch(name) or name.lower() in OURS:
                raise ValueError(f"cannot hold {name!r}")
        return headers

    @model_validator(mode="after")
    def _is_of_its_kind(self) -> Self:
        if self.kind == "http" and not self.questions:
            raise ValueError("must say what it can be asked: quotes, closes, fx")
        if self.kind != "http" and (self.questions or self.headers):
            raise ValueError("has quotes, closes, fx and headers only when it is of the kind http")
        if self.kind != "alpaca" and self.feed is not None:
            raise ValueError("has a feed only when it is of the kind alpaca")
        own = self.symbols or self.suffixes or self.exchanges is not None
        if self.kind in {"files", "simulated"} and own:
            raise ValueError(f"has no symbols or exchanges of its own when it is of the kind {self.kind}")
        return self

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a provider over HTTP can be asked."""
        return tuple(each for each in (self.quotes, self.closes, self.fx) if each is not None)

    @property
    def takes_key(self) -> bool:
        """Whether it is asked with a key of its own."""
        texts = (*self.headers.values(), *(each.url for each in self.questions))
        return any(KEY in places(text) for text in texts)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Whom it speaks to, and so who gets to see its key."""
        return tuple(sorted({host_of(each.url) for each in self.questions}))

    def symbol_of(self, listing_id: UUID, symbol: str, exchange: str) -> str:
        """What a listing goes by there."""
        return self.symbols.get(listing_id) or symbol + self.suffixes.get(exchange, "")
