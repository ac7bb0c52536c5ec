"""``ballast freeze``: the brake from a terminal, beside a running Ballast or without one."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

import typer

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.logs import configure
from api.wiring import House
from application.brake.freeze_all import Stopped, freeze_all
from application.ledger import Cause
from domain.access.person import LOCAL
from domain.refusals import Refusal
from domain.streams import PORTFOLIO
from projections import orders, portfolios

NOT_ALL, REFUSED = 1, 2
BROKERS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """An open order whose broker was asked to cancel it: how it stands, or why the broker could not be asked."""

    order_id: str
    position_id: str
    status: str | None
    problem: str | None = None


def freeze(
    portfolio: Annotated[
        str | None, typer.Argument(help="A portfolio, by its id or its name. Or give --all.")
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every portfolio that is no replay.")] = False,
    cancel: Annotated[
        bool, typer.Option("--cancel", help="Ask brokers to cancel open orders as well.")
    ] = False,
    reason: Annotated[
        str, typer.Option(help="Why, for whoever lifts it.")
    ] = "Stopped from the command line.",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Stop deciding and ordering until a person lifts it; exit code 1 when an order could not be cancelled."""
    configure("WARNING")
    if everything == (portfolio is not None):
        raise Failure("Say which portfolio to freeze, or --all.", REFUSED)
    if not reason.strip():
        raise Failure("A freeze needs a reason.", REFUSED)
    with opened(data, "a freeze") as (house, _):
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        one = None if portfolio is None else [_known(house, portfolio)]
        stopped = freeze_all(
            house.ledger,
            cause,
            lambda: house.live_portfolios() if one is None else one,
            reason,
            recall_orders=cancel,
        ).answer
        asked = _recall(house, cause, stopped) if cancel else []
    _print(stopped, asked, as_json=as_json)
    if any(each.problem for each in asked):
        raise SystemExit(NOT_ALL)


def _known(house: House, wanted: str) -> UUID:
    """The portfolio of an id or a name. Raises Failure for none, and for more than one."""
    try:
        found = [UUID(wanted)]
    except ValueError:
        with house.pool.connection() as connection:
            found = portfolios.by_title(connection, wanted)
    if len(found) > 1:
        named = ", ".join(str(each) for each in found)
        raise Failure(f"Several portfolios are called {wanted}; name one by its id: {named}.", REFUSED)
    if not found or house.ledger.load(PORTFOLIO, found[0]).state is None:
        raise Failure(f"There is no portfolio {wanted}.", REFUSED)
    return found[0]


def _recall(house: House, cause: Cause, stopped: Sequence[Stopped]) -> list[Asked]:
    """Ask brokers now, whether a worker runs or not; one that does will ask again until nothing is open."""
    with house.pool.connection() as connection:
        found = orders.recalled(connection, [each.portfolio.id for each in stopped])

    def ask(order: orders.Recalled) -> Asked:
        place = str(order.order_id), str(order.position_id)
        try:
            return Asked(
                *place, house.cancel_order(cause, order.position_id, order.order_id).answer.status.value
            )
        except Refusal as refusal:
            return Asked(*place, None, str(refusal))

    with ThreadPoolExecutor(BROKERS_AT_ONCE) as asking:
        return list(asking.map(ask, found))


def _print(stopped: Sequence[Stopped], asked: Sequence[Asked], *, as_json: bool) -> None:
    if as_json:
        frozen = [
            {
                "id": str(each.portfolio.id),
                "name": each.portfolio.title,
                "already_frozen": each.already,
                "freeze_reasons": each.portfolio.freeze_reasons,
            }
            for each in stopped
        ]
        print(json.dumps({"portfolios": frozen, "orders": [asdict(each) for each in asked]}))
        return
    for each in stopped:
        was = "was frozen already" if each.already else "is frozen"
        print(f"{each.portfolio.title} ({each.portfolio.id}) {was}.")
    if not stopped:
        print("There is no portfolio to freeze.")
    for order in asked:
        print(f"Order {order.order_id}: {order.problem or order.status}.")
