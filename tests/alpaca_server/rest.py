"""Alpaca's REST API under /v2, from a request to an answer, without any socket."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from alpaca_server import wire
from alpaca_server.book import EXCHANGE_TIME
from alpaca_server.desk import Desk
from alpaca_server.intake import MALFORMED, UNPROCESSABLE, Refused, draft
from alpaca_server.messages import Answer, Keys, Request, answer_json
from alpaca_server.orders import Execution, Order

MOST_ORDERS, MOST_ACTIVITIES = 500, 100


class Rest:
    """Answers requests from the desk's books."""

    def __init__(self, desk: Desk, keys: Keys, *, account_number: str, assets: set[str]) -> None:
        self._desk = desk
        self._keys = keys
        self._number = account_number
        self._assets = assets

    def answer(self, request: Request) -> Answer:
        """Do what a request asks for, if it has the keys."""
        headers = request.headers
        if not self._keys.fit(headers.get("apca-api-key-id"), headers.get("apca-api-secret-key")):
            return _unauthorized(self._keys.refusal)
        with self._desk.changing():
            try:
                status, body = self._route(request)
            except Refused as refused:
                return answer_json(refused.status, refused.body)
        return Answer(status) if body is None else answer_json(status, body)

    def _route(self, request: Request) -> tuple[int, Any]:
        desk, book, query = self._desk, self._desk.book, request.query
        match request.method, request.path.strip("/").split("/")[1:]:
            case "POST", ["orders"]:
                account = wire.account(book, self._number, desk.account_says)
                return 200, desk.accept(draft(request.body, book, self._assets, account))
            case "GET", ["orders"]:
                return 200, [wire.order(each) for each in self._orders(query)]
            case "GET", ["orders:by_client_order_id"]:
                return 200, wire.order(self._order(client_order_id=query.get("client_order_id")))
            case "GET", ["orders", order_id]:
                return 200, wire.order(self._order(order_id=order_id))
            case "DELETE", ["orders", order_id]:
                order = self._order(order_id=order_id)
                if not order.is_open or order.status == "pending_cancel":
                    raise Refused(422, UNPROCESSABLE, f'order is already in "{order.status}" state')
                desk.ask_to_cancel(order)
                return 204, None
            case "GET", ["account"]:
                return 200, wire.account(book, self._number, desk.account_says)
            case "GET", ["account", "activities"]:
                kinds = query.get("activity_types", "FILL").split(",")
                return 200, [wire.activity(each) for each in self._fills(query)] if "FILL" in kinds else []
            case "GET", ["account", "activities", kind]:
                return 200, [wire.activity(each) for each in self._fills(query)] if kind == "FILL" else []
            case "GET", ["positions"]:
                return 200, [wire.position(book, symbol) for symbol in book.positions]
            case "GET", ["positions", symbol] if symbol in book.positions:
                return 200, wire.position(book, symbol)
            case "GET", ["positions", _]:
                raise Refused(404, 40410000, "position does not exist")
            case "GET", ["assets", symbol] if symbol in self._assets:
                return 200, wire.asset(symbol)
            case "GET", ["assets", symbol]:
                raise Refused(404, 40410000, f"asset not found for {symbol}")
            case "GET", ["clock"]:
                return 200, self._clock()
            case _:
                raise Refused(404, 40410000, "endpoint not found")

    def _order(self, *, order_id: str | None = None, client_order_id: str | None = None) -> Order:
        for each in self._desk.orders.values():
            if each.order_id == order_id or each.client_order_id == client_order_id:
                return each
        raise Refused(404, 40410000, f"order not found for {order_id or client_order_id}")

    def _orders(self, query: dict[str, str]) -> list[Order]:
        wanted = query.get("status", "open")
        symbols = {each for each in query.get("symbols", "").split(",") if each}
        found = [
            each
            for each in self._desk.orders.values()
            if wanted == "all" or each.is_open == (wanted == "open")
            if not symbols or each.symbol in symbols
            if query.get("side", each.side) == each.side
            if _within(wire.instant(each.submitted_at), query)
        ]
        found.sort(key=lambda each: each.submitted_at, reverse=query.get("direction", "desc") == "desc")
        return found[: min(_whole(query, "limit", 50), MOST_ORDERS)]

    def _fills(self, query: dict[str, str]) -> Sequence[Execution]:
        """The executions that stand. A token names a place, also when the execution there was busted since."""
        descending = query.get("direction", "desc") == "desc"
        rows = self._desk.book.executions[:: -1 if descending else 1]
        if token := query.get("page_token"):
            places = [place for place, each in enumerate(rows) if each.activity_id == token]
            if not places:
                raise Refused(422, MALFORMED, "page_token is invalid")
            rows = rows[places[0] + 1 :]
        day, size = query.get("date"), _whole(query, "page_size", MOST_ACTIVITIES)
        rows = [
            each
            for each in rows
            if each.stands and _within(wire.instant(each.at), query)
            if day is None or f"{each.at.astimezone(EXCHANGE_TIME).date()}" == day[:10]
        ]
        if day is not None:
            return rows[:size] if "page_size" in query else rows
        if size > MOST_ACTIVITIES:
            raise Refused(422, MALFORMED, f"page_size must be <= {MOST_ACTIVITIES}")
        return rows[:size]

    def _clock(self) -> wire.JSON:
        now, is_open = self._desk.book.now().astimezone(EXCHANGE_TIME), self._desk.market_is_open
        return {
            "timestamp": now.isoformat(),
            "is_open": is_open,
            "next_open": (now + timedelta(hours=18)).isoformat(),
            "next_close": (now + timedelta(hours=2 if is_open else 20)).isoformat(),
        }


def _unauthorized(status: int) -> Answer:
    if status == 401:
        return answer_json(401, {"message": "unauthorized."})
    return answer_json(status, {"code": 40110000, "message": "request is not authorized"})


def _within(at: str, query: dict[str, str]) -> bool:
    """Whether a moment is strictly after ``after`` and not later than ``until``, to the nanosecond."""
    moment = wire.nanoseconds(at)
    try:
        after = "after" not in query or moment > wire.nanoseconds(query["after"])
        return after and ("until" not in query or moment <= wire.nanoseconds(query["until"]))
    except ValueError as error:
        raise Refused(422, MALFORMED, f"cannot parse the time: {error}") from error


def _whole(query: dict[str, str], name: str, otherwise: int) -> int:
    try:
        return int(query.get(name, otherwise))
    except ValueError as error:
        raise Refused(422, MALFORMED, f"{name} must be an integer") from error
