"""What answers look like, for OpenAPI. Answers are written by hand and checked against these in the tests."""

from api.http.schemas.actions import Action
from api.http.schemas.answer import Answer, FieldProblem, Moment, Number, Page, ProblemDocument
from api.http.schemas.health import Dependency, FrozenPortfolio, Live, Projection, Ready, Trading
from api.http.schemas.instruments import Instrument
from api.http.schemas.listings import Ingested, Listing, Price, QuarantinedPrice
from api.http.schemas.metrics import Measures
from api.http.schemas.orders import CallbackTaken, Execution, Order
from api.http.schemas.portfolios import (
    Broker,
    Cash,
    Constituent,
    Holding,
    JournalEntry,
    JournalLine,
    Portfolio,
    Settings,
    StoppedPortfolio,
)
from api.http.schemas.positions import (
    CardListing,
    CardPrice,
    Evaluation,
    Guardrails,
    NextAction,
    PositionCard,
)
from api.http.schemas.thresholds import ListingThresholds, PortfolioThresholds
from api.http.schemas.timeline import TimelineEvent

__all__ = [
    "Action",
    "Answer",
    "Broker",
    "CallbackTaken",
    "CardListing",
    "CardPrice",
    "Cash",
    "Constituent",
    "Dependency",
    "Evaluation",
    "Execution",
    "FieldProblem",
    "FrozenPortfolio",
    "Guardrails",
    "Holding",
    "Ingested",
    "Instrument",
    "JournalEntry",
    "JournalLine",
    "Listing",
    "ListingThresholds",
    "Live",
    "Measures",
    "Moment",
    "NextAction",
    "Number",
    "Order",
    "Page",
    "Portfolio",
    "PortfolioThresholds",
    "PositionCard",
    "Price",
    "ProblemDocument",
    "Projection",
    "QuarantinedPrice",
    "Ready",
    "Settings",
    "StoppedPortfolio",
    "TimelineEvent",
    "Trading",
]
