"""Examples of what providers of prices cause."""

from uuid import UUID

from domain.market_data.providers import Provider
from domain.market_data.questions import ClosesQuestion, FxQuestion, QuotesQuestion
from domain.portfolio.events import ProvidersSet
from stories import LISTING_ID, PORTFOLIO_ID

ALPHA = Provider(
    name="alpha",
    kind="http",
    headers={"Authorization": "Token {key}"},
    symbols={LISTING_ID: "KO.US"},
    suffixes={"XLON": ".L"},
    exchanges=("XLON", "XNYS"),
    quotes=QuotesQuestion(
        url="https://prices.example/quote/{symbol}",
        symbol="symbol",
        last="price",
        as_of="time",
        currency="currency",
        unit="unit",
    ),
    closes=ClosesQuestion(
        url="https://prices.example/daily/{symbol}?since={since}", items="bars", as_of="date", close="close"
    ),
    fx=FxQuestion(url="https://prices.example/fx/{base}", rate="rates.{quote}", as_of="time"),
)

PROVIDERS_SET = ProvidersSet(
    portfolio_id=UUID(str(PORTFOLIO_ID)),
    currency="USD",
    providers=(
        ALPHA,
        Provider(name="alpaca", kind="alpaca", feed="iex"),
        Provider(name="drop", kind="files"),
    ),
)
