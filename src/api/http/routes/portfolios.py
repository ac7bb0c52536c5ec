"""Portfolios: open, amend, fund, freeze, and what is in them."""

from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import StrictBool

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, money, page_answer
from api.http.asked import (
    After,
    Limit,
    Order,
    OwnPortfolio,
    TheHouse,
    UpToDate,
    id_after,
    number_beyond,
)
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Currency, Reason, Text
from api.http.holdings import holding_json
from api.http.problems import refuse_null
from api.http.schemas import Cash, Holding, JournalEntry, Page, Portfolio
from api.http.schemas.alerts import Reconciliation
from api.http.strict_request import StrictRoute
from application import portfolios as use_cases
from application.alerts import Concern
from application.ledger import Cause, Outcome
from application.reconciliation.differences import Findings
from domain.numbers import PositiveDecimal
from domain.portfolio import state as domain
from domain.portfolio.events import BrokerChoice, Mode
from domain.portfolio.money import kind_of_money
from domain.refusals import NotFound
from domain.settings import SettingsChange
from projections import balances, journal
from projections import portfolios as rows

router = APIRouter(prefix="/portfolios", tags=["portfolios"], route_class=StrictRoute)

CREATED = 201


class NewPortfolio(Body):
    name: Text
    base_currency: Currency
    mode: Mode = "automatic"
    broker: BrokerChoice = BrokerChoice()
    settings: SettingsChange = SettingsChange()


class Amendment(Body):
    """What is left out stays as it is."""

    name: Text | None = None
    settings: SettingsChange | None = None


class CashMove(Body):
    kind: Literal["deposit", "withdrawal", "contribution"]
    amount: PositiveDecimal


class Because(Body):
    reason: Reason


class Stop(Because):
    """``cancel_open_orders`` has the brokers asked to cancel what is out, for as long as the freeze lasts."""

    cancel_open_orders: StrictBool = False


@router.post("", responses=answers(Portfolio, CREATED), response_model=None, status_code=CREATED)
def open_portfolio(house: TheHouse, command: ACommand, body: NewPortfolio) -> Response:
    """Open a portfolio. It begins on paper: a real broker is connected afterwards, with its keys."""
    portfolio_id = house.ledger.new_id()
    return command.run(
        lambda cause: use_cases.open_portfolio(
            house.ledger,
            cause,
            portfolio_id,
            title=body.name,
            currency=body.base_currency,
            mode=body.mode,
            broker=body.broker,
            settings=body.settings,
        ),
        _written,
        CREATED,
    )


@router.get("", responses=answers(Page[Portfolio]), response_model=None, dependencies=[UpToDate])
def page(house: TheHouse, principal: Principal, after: After = None, limit: Limit = 100) -> Response:
    """One's own portfolios in the order of their opening."""
    with house.pool.connection() as connection:
        found = rows.page(connection, principal, id_after(after), limit)
    cursor = str(found[-1].id) if len(found) == limit else None
    return page_answer([portfolio_json(portfolio) for portfolio in found], cursor)


@router.get("/{portfolio_id}", responses=answers(Portfolio), response_model=None, dependencies=[UpToDate])
def one(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """One portfolio."""
    with house.pool.connection() as connection:
        found = rows.one(connection, portfolio_id)
    if found is None:
        raise NotFound("portfolio", portfolio_id)
    return json_answer(_written(found))


@router.patch("/{portfolio_id}", responses=answers(Portfolio), response_model=None)
def amend(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Amendment) -> Response:
    """Rename it, or override settings for all its positions, or both."""
    refuse_null(body)
    return command.run(
        lambda cause: use_cases.amend(
            house.ledger, cause, portfolio_id, body.name, body.settings, house.positions_of
        ),
        _written,
    )


@router.post("/{portfolio_id}/cash", responses=answers(Portfolio), response_model=None)
def move_cash(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: CashMove) -> Response:
    """Book cash that came or went."""
    return command.run(
        lambda cause: use_cases.move_cash(house.ledger, cause, portfolio_id, body.kind, body.amount), _written
    )


@router.post("/{portfolio_id}/freeze", responses=answers(Portfolio), response_model=None)
def freeze(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Stop) -> Response:
    """Stop evaluation and orders until a person lifts it. Frozen already, it learns the reason."""
    return command.run(
        lambda cause: use_cases.freeze(
            house.ledger, cause, portfolio_id, body.reason, recall_orders=body.cancel_open_orders
        ),
        _written,
    )


@router.post("/{portfolio_id}/unfreeze", responses=answers(Portfolio), response_model=None)
def unfreeze(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Because) -> Response:
    """Lift a freeze, whatever it was for: read ``freeze_reasons`` first."""
    return command.run(
        lambda cause: use_cases.unfreeze(house.ledger, cause, portfolio_id, body.reason), _written
    )


@router.post("/{portfolio_id}/reconcile", responses=answers(Reconciliation), response_model=None)
def reconcile(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio) -> Response:
    """Compare its books with its broker's now. What was missed is adopted, what differs is said and alerted."""

    def compare(cause: Cause) -> Outcome[Findings]:
        findings = house.reconcile(portfolio_id)
        return house.ledger.transact(cause, lambda _: findings)

    return command.run(compare, _findings)


@router.get(
    "/{portfolio_id}/holdings", responses=answers(Page[Holding]), response_model=None, dependencies=[UpToDate]
)
def holdings(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """What it holds, the shares of its positions included, at the latest good prices and exchange rates."""
    with house.pool.connection() as connection:
        found = balances.holdings_of(connection, portfolio_id)
    foreign = any(row["currency"] != row["base_currency"] for row in found)
    rates, now = house.fx_rates.latest() if foreign else [], house.ledger.clock()
    return page_answer([holding_json(row, rates, now) for row in found], None)


@router.get("/{portfolio_id}/cash", responses=answers(Cash), response_model=None, dependencies=[UpToDate])
def cash(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """Its cash: free, in its positions, and receivable."""
    with house.pool.connection() as connection:
        amounts = balances.cash_of(connection, portfolio_id)
        portfolio = rows.one(connection, portfolio_id)
    if portfolio is None:
        raise NotFound("portfolio", portfolio_id)
    currency = portfolio.currency
    named = {name: money(amount, currency) for name, amount in amounts.items()}
    return json_answer(encode(named | {"currency": currency}))


@router.get(
    "/{portfolio_id}/ledger",
    responses=answers(Page[JournalEntry]),
    response_model=None,
    dependencies=[UpToDate],
)
def ledger(
    house: TheHouse,
    portfolio_id: OwnPortfolio,
    order: Order = "oldest",
    after: After = None,
    limit: Limit = 100,
) -> Response:
    """Its journal, oldest first unless asked otherwise."""
    begin = number_beyond(order, after)
    with house.pool.connection() as connection:
        found = journal.page(connection, portfolio_id, begin, limit, newest_first=order == "newest")
    cursor = str(found[-1]["event_number"]) if len(found) == limit else None
    return page_answer([{**row, "at": moment(row["at"])} for row in found], cursor)


def _findings(findings: Findings) -> bytes:
    return encode(
        {
            "clean": findings.clean,
            "adopted": findings.adopted,
            "differences": [_difference(each) for each in findings.differences],
            "warnings": [_difference(each) for each in findings.warnings],
        }
    )


def _difference(concern: Concern) -> dict[str, Any]:
    return {
        "listing_id": concern.listing_id,
        "rule": concern.rule,
        "severity": concern.severity,
        "message": concern.message,
        "observed": concern.observed,
        "expected": concern.expected,
    }


def portfolio_json(portfolio: domain.Portfolio) -> dict[str, Any]:
    """A portfolio as clients see it."""
    return {
        "id": portfolio.id,
        "name": portfolio.title,
        "base_currency": portfolio.currency,
        "mode": portfolio.mode,
        "clock": portfolio.clock,
        "money": kind_of_money(portfolio),
        "broker": portfolio.broker.model_dump(mode="json"),
        "settings": portfolio.settings.model_dump(mode="json"),
        "cash": money(portfolio.cash, portfolio.currency),
        "frozen": portfolio.frozen,
        "frozen_because": portfolio.frozen_because,
        "freeze_reasons": portfolio.freeze_reasons,
        "recalls_orders": portfolio.recalls_orders,
    }


def _written(portfolio: domain.Portfolio) -> bytes:
    return encode(portfolio_json(portfolio))
