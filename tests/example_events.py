"""One example of every event there is, as documents show it and as golden files keep it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.brake.inputs import DayInputs, Stake
from domain.events import Event
from domain.listing import ListingRegistered
from domain.order import OrderStatus
from domain.portfolio.decide import stop_the_loss
from domain.portfolio.events import (
    CashLent,
    CashTakenBack,
    CashWithdrawn,
    Constituent,
    ConstituentsSet,
    Effect,
    EntryPosted,
    EntryReversed,
    FreezeReasonAdded,
    ImportedRow,
    Into,
    MemberAdded,
    MemberRemoved,
    Named,
    OrdersRecalled,
    PolicyActivated,
    PolicyDrafted,
    PolicyRef,
    PolicyRetired,
    PortfolioFrozen,
    PortfolioRenamed,
    PortfolioSettingsChanged,
    PortfolioUnfrozen,
    StatementImported,
)
from domain.position import booking, ordering
from domain.position.evaluate import evaluate
from domain.position.events import (
    CashReturned,
    OrderAccepted,
    PositionClosed,
    PositionPaused,
    PositionResumed,
    PositionSettingsChanged,
)
from domain.settings import SettingsChange
from example_action_events import action_examples
from example_advice_events import advice_examples, later_advice_examples
from example_market_events import PROVIDERS_SET
from example_order_events import later_examples, order_examples
from example_placing_events import later_placing_examples, placing_examples
from example_quality_events import later_quality_examples, quality_examples
from example_registry_events import registered_with_all, registry_examples
from example_review_events import review_examples
from example_run_events import later_run_examples, run_examples
from stories import (
    ALLOCATED,
    AT,
    FUNDED,
    INTENDED,
    KO,
    LISTING_ID,
    OPENED,
    ORDER,
    ORDER_ID,
    PLACE,
    PORTFOLIO_ID,
    PORTFOLIO_OPENED,
    POSITION_ID,
    SENT,
    SUBMITTED,
    a_portfolio,
    a_quote,
    circumstances,
    fill,
    latest,
    portfolio,
    position,
)

SENT_STATE = position.given(*SENT).state
ITS: dict[str, Any] = {"portfolio_id": PORTFOLIO_ID, "currency": "USD"}
FRIEND = "019aa000-0000-7000-8000-0000000000f0"
SETTINGS = SettingsChange(tau=Decimal("0.05"), max_daily_loss_pct=None)


def _kept() -> list[Event]:
    skipped = evaluate(
        position.given(OPENED, ALLOCATED).state,
        a_portfolio(),
        circumstances(a_quote("97.00"), is_open=False),
        ORDER_ID,
    ).event
    filled = booking.book(SENT_STATE, latest(SENT_STATE), fill("52", "97.02", commission="0.5"))
    canceled = ordering.end(SENT_STATE, latest(SENT_STATE), OrderStatus.CANCELED, "on request")
    assert skipped is not None
    # As the first release wrote it, without the names of the broker and the account.
    filled[0] = filled[0].model_copy(update={"broker": None, "account": None})
    return [INTENDED, skipped, SUBMITTED, *canceled, *filled]


def _constituents() -> Event:
    core = Constituent(listing_id=LISTING_ID, sleeve="core", role="invested", priority=1, monitored=True)
    parked = UUID("019aa000-0000-7000-8000-000000000005")
    park = Constituent(listing_id=parked, sleeve="cash park", role="cash_park", priority=2, monitored=True)
    return ConstituentsSet(
        **ITS,
        constituents=(core, park),
        came=(Named(listing_id=parked, symbol="CSH2"),),
        went=(Named(listing_id=UUID("019aa000-0000-7000-8000-000000000006"), symbol="PEP"),),
        changed=(Named(listing_id=LISTING_ID, symbol="KO"),),
    )


POLICY = PolicyRef(policy_hash="5f" * 32, manifesto_hash="a0" * 32, version="1.1.0")
BEFORE_IT = PolicyRef(policy_hash="4e" * 32, manifesto_hash=None, version="1.0.0")


def _of_an_entry(last: str) -> dict[str, Any]:
    return {
        "entry_id": UUID(f"019aa000-0000-7000-8000-0000000000{last}"),
        "batch_id": UUID("019aa000-0000-7000-8000-00000000000c"),
        "kind": "buy",
        "listing_id": LISTING_ID,
        "symbol": "KO",
    }


def _effect(**parts: str) -> Effect:
    return Effect(
        **{name: Decimal(parts.get(name, 0)) for name in Effect.model_fields if name != "receivable"}
    )


def _bought_by_hand() -> Event:
    return EntryPosted(
        **ITS,
        **_of_an_entry("0d"),
        effect=_effect(quantity="3", cash="-359.16", book_cost="355.28", fee="3.88"),
        price=Decimal("118.425"),
        reference="AJB-1",
        note="by phone",
    )


def _imported() -> Event:
    row = ImportedRow(key="trading_212:EOF7#1", content="8e" * 32, security="US1912161007")
    told = {"source": "import:019aa000-0000-7000-8000-00000000000f", "row": row}
    return _bought_by_hand().model_copy(update=told)


def _lost() -> Event:
    stake = Stake(
        listing_id=LISTING_ID,
        symbol="KO",
        unit_scale=Decimal(1),
        units_before=Decimal(100),
        price_before=Decimal("100.00"),
        units=Decimal(152),
        price=Decimal("89.99"),
        came_in_kind=Decimal(0),
    )
    inputs = DayInputs(
        limit_pct=Decimal(5),
        at=AT,
        since=None,
        cash_before=Decimal("10000.00"),
        cash=Decimal("4955.50"),
        came=Decimal(0),
        went=Decimal(0),
        stakes=(stake,),
    )
    return stop_the_loss(portfolio.given(PORTFOLIO_OPENED).state, inputs)[0]


def _all() -> list[Event]:
    listing = ListingRegistered.model_validate(
        KO.model_dump() | {"isin": "US1912161007", "title": "Coca-Cola"}
    )
    lent: dict[str, Any] = {"position_id": POSITION_ID, "symbol": "KO", "amount": Decimal("10000.00")}
    return [
        listing,
        *quality_examples(),
        *registry_examples(),
        PORTFOLIO_OPENED,
        PortfolioRenamed(**ITS, title="Pension"),
        PortfolioSettingsChanged(**ITS, settings=SETTINGS),
        MemberAdded(**ITS, member=FRIEND),
        MemberRemoved(**ITS, member=FRIEND),
        FUNDED,
        CashWithdrawn(**ITS, amount=Decimal("250.00")),
        CashLent(**ITS, **lent),
        CashTakenBack(**ITS, **lent),
        _lost(),
        PortfolioFrozen(**ITS, reason="KO jumped."),
        FreezeReasonAdded(**ITS, reason="PEP jumped."),
        OrdersRecalled(**ITS, reason="KO jumped."),
        PortfolioUnfrozen(**ITS, reason="The price was checked."),
        PROVIDERS_SET,
        _constituents(),
        _bought_by_hand(),
        EntryReversed(
            **ITS,
            **_of_an_entry("0e"),
            effect=_effect(quantity="-3", cash="359.16", book_cost="-355.28", fee="-3.88"),
            reverses=UUID("019aa000-0000-7000-8000-00000000000d"),
            reason="It was another fund.",
        ),
        StatementImported(
            **ITS,
            import_id=UUID("019aa000-0000-7000-8000-00000000000f"),
            profile="trading_212",
            title="Trading 212, history",
            form="transactions",
            file_name="history.csv",
            sha256="7d" * 32,
            rows=3,
            entries=1,
        ),
        PolicyDrafted(**ITS, policy=POLICY),
        PolicyActivated(**ITS, policy=POLICY),
        PolicyRetired(**ITS, policy=BEFORE_IT),
        OPENED,
        PositionSettingsChanged(**PLACE, settings=SETTINGS),
        ALLOCATED,
        CashReturned(**PLACE, amount=Decimal("10000.00")),
        PositionPaused(**PLACE),
        PositionResumed(**PLACE),
        PositionClosed(**PLACE, shares=Decimal(152), book_cost=Decimal("15045.04")),
        OrderAccepted(**ORDER, broker_order_id="paper-1", quantity=Decimal(52)),
        *_kept(),
        *order_examples(),
        *action_examples(),
        *advice_examples(),
        *placing_examples(),
        *review_examples(),
        *run_examples(),
    ]


def _of_actions() -> dict[str, Event]:
    """Entries of a dividend that is owed, and of a merger with its opposite."""
    other = Into(
        listing_id=UUID("019aa000-0000-7000-8000-0000000000f1"),
        symbol="PEP",
        quantity=Decimal(5),
        book_cost=Decimal("480.00"),
    )
    owed = _effect(income="10.00", tax="2.50").model_copy(update={"receivable": Decimal("7.50")})
    became = _effect(quantity="-10", book_cost="-500.00", cash="20.00")
    source = {"source": "action:019aa000-0000-7000-8000-0000000000f2"}
    posted = _bought_by_hand()
    merged = posted.model_copy(update=source | {"kind": "adjustment", "effect": became, "into": other})
    opposite = next(each for each in _all() if isinstance(each, EntryReversed))
    return {
        "owed": posted.model_copy(update=source | {"kind": "dividend", "effect": owed}),
        "merged": merged,
        "unmerged": opposite.model_copy(update={"kind": "adjustment", "into": other}),
    }


def _later() -> dict[str, Event]:
    later = {
        **later_examples(),
        **later_advice_examples(),
        **later_placing_examples(),
        **later_quality_examples(),
        **later_run_examples(),
    }
    return {**later, "instrument": registered_with_all(), "imported": _imported(), **_of_actions()}


LATER: dict[str, Event] = {f"{event.name}+{what}": event for what, event in _later().items()}
"""Events with the fields that their first release did not have, by name and what was added."""

EXAMPLES: dict[str, Event] = {event.name: event for event in _all()}
