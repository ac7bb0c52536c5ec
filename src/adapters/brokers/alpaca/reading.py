"""Questions to Alpaca whose answers are complete: anything less raises BrokerSilent, never "nothing"."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from adapters.brokers.alpaca.answer import Answer, Unanswered
from adapters.brokers.alpaca.rest import AlpacaRest
from adapters.brokers.alpaca.values import Json, moment, text
from application.ports.broker import BrokerSilent

ORDERS_PAGE, FILLS_PAGE = 500, 100
NOT_FOUND = 40410000


class Reading:
    """One question, in as many requests as it takes."""

    def __init__(self, rest: AlpacaRest) -> None:
        self._rest = rest

    def order_by_client_id(self, client_order_id: str) -> Json | None:
        """The order under this id, None when Alpaca says for certain that it has none."""
        theirs = self._order("/orders:by_client_order_id", {"client_order_id": client_order_id})
        if theirs is not None and theirs.get("client_order_id") != client_order_id:
            raise BrokerSilent("Alpaca answered with another order")
        return theirs

    def order_by_id(self, broker_order_id: str) -> Json | None:
        """The order under Alpaca's own id, None when it says for certain that it has none."""
        return self._order(f"/orders/{broker_order_id}", {})

    def orders(self, status: str, since: datetime | None = None) -> list[Json]:
        """The orders that are open, or all that were submitted since a moment, oldest first."""

        def page(last: Json | None) -> dict[str, Any]:
            after = moment(last, "submitted_at") if last else since
            asked = {"status": status, "limit": ORDERS_PAGE, "direction": "asc", "nested": "false"}
            return asked | ({"after": _before(after)} if after else {})

        return list(self._pages("/orders", page, ORDERS_PAGE))

    def fills(self, since: datetime) -> list[Json]:
        """The account's executions since a moment, oldest first."""

        def page(last: Json | None) -> dict[str, Any]:
            asked = {"direction": "asc", "page_size": FILLS_PAGE, "after": _before(since)}
            return asked | ({"page_token": text(last, "id")} if last else {})

        return list(self._pages("/account/activities/FILL", page, FILLS_PAGE))

    def positions(self) -> list[Json]:
        """What is held."""
        return _objects(self._get("/positions", {}))

    def account(self) -> Json:
        """The account itself."""
        return _object(self._get("/account", {}))

    def cancel(self, broker_order_id: str) -> Answer:
        """Ask for an order to be cancelled."""
        return self._answer("DELETE", f"/orders/{broker_order_id}", None)

    def _order(self, path: str, asked: dict[str, Any]) -> Json | None:
        answer = self._answer("GET", path, asked)
        if answer.status == 404 and answer.code == NOT_FOUND and "order" in (answer.message or ""):
            return None
        return _object(_usable(answer))

    def _pages(self, path: str, page: Callable[[Json | None], dict[str, Any]], size: int) -> Iterator[Json]:
        """Everything, page after page. Pages may overlap; one that brings nothing new is the last or a lie."""
        seen: set[str] = set()
        last: Json | None = None
        while True:
            objects = _objects(self._get(path, page(last)))
            new = {text(each, "id"): each for each in objects if text(each, "id") not in seen}
            yield from new.values()
            seen.update(new)
            if len(objects) < size:
                return
            if not new:
                raise BrokerSilent("Alpaca's pages do not go on")
            last = objects[-1]

    def _get(self, path: str, asked: dict[str, Any]) -> object:
        return _usable(self._answer("GET", path, asked))

    def _answer(self, method: str, path: str, asked: dict[str, Any] | None) -> Answer:
        try:
            return self._rest.ask(method, path, asked)
        except Unanswered as nothing:
            raise BrokerSilent(str(nothing)) from None


def _usable(answer: Answer) -> object:
    if answer.status != 200:
        raise BrokerSilent(str(answer))
    if answer.garbled:
        raise BrokerSilent("Alpaca's answer is no JSON")
    return answer.body


def _object(body: object) -> Json:
    if not isinstance(body, dict):
        raise BrokerSilent("Alpaca's answer is no object")
    return body


def _objects(body: object) -> list[Json]:
    if not isinstance(body, list) or not all(isinstance(each, dict) for each in body):
        raise BrokerSilent("Alpaca's answer is no list of objects")
    return body


def _before(at: datetime) -> str:
    """A moment's microsecond lies wholly after this; Alpaca answers with what is strictly later."""
    return (at.astimezone(UTC) - datetime.resolution).isoformat(timespec="microseconds")
