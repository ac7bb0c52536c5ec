"""The second bookkeeper's part for advice: each line once an attempt, sales first, and executed as its orders were."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from domain.recommendation.events import LinePlaced, LineSettled
from storm.sums import Broken, Sent


class AdviceAudit:
    """Follows the lines of advice that become orders."""

    def __init__(self) -> None:
        self._placed: dict[tuple[UUID, int], LinePlaced] = {}
        self._settled: dict[UUID, LineSettled] = {}
        self._selling: Counter[UUID] = Counter()
        self._bought: set[tuple[UUID, int]] = set()
        self.line_of: dict[UUID, UUID] = {}
        """The lines by their orders."""

    @property
    def lines(self) -> int:
        """How many lines became orders."""
        return len(self._placed)

    def take(self, event: LinePlaced | LineSettled) -> None:
        """Take in what became of a line. Raises Broken."""
        if isinstance(event, LinePlaced):
            self._place(event)
        else:
            if event.order_id not in self._settled and event.side == "SELL":
                self._selling[event.recommendation_id] -= 1
            self._settled[event.order_id] = event

    def _place(self, event: LinePlaced) -> None:
        line, attempt = (event.line_id, event.attempt), (event.recommendation_id, event.attempt)
        if line in self._placed:
            raise Broken(f"{event.symbol} is placed twice in attempt {event.attempt}")
        self._placed[line] = event
        self.line_of[event.order_id] = event.line_id
        if event.side == "SELL":
            self._selling[event.recommendation_id] += 1
            if attempt in self._bought:
                raise Broken(f"{event.client_order_id} sells after a purchase of its advice")
        else:
            self._bought.add(attempt)
            if self._selling[event.recommendation_id]:
                raise Broken(f"{event.client_order_id} buys before the sales of its advice have ended")

    def require_over(self, orders: Mapping[UUID, Sent]) -> None:
        """Every order of a line has ended, and the advice has its executions as they stand. Raises Broken."""
        for placed in self._placed.values():
            settled = self._settled.get(placed.order_id)
            if settled is None:
                raise Broken(f"nothing is known of the end of {placed.client_order_id}")
            said = {each.broker_reference: (each.quantity, each.price) for each in settled.executions}
            standing = {
                name: (each.quantity, each.price)
                for name, each in orders[placed.order_id].executions.items()
                if each.quantity
            }
            if said != standing:
                raise Broken(f"{placed.client_order_id} was executed as {standing}, its advice says {said}")
