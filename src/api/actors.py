"""The jobs a worker does: each is one use case, harmless to repeat."""

from uuid import UUID

import dramatiq

from adapters.redis.queue import COLLECT_REPORTS, QUEUE, SUBMIT_ORDER, WAKE
from api.wiring import House


def declare(house: House) -> None:
    """Declare every actor on the house's queue."""

    def wake(feed: str, listing_ids: list[str]) -> None:
        house.evaluate_ticks(feed, [UUID(listing_id) for listing_id in listing_ids])

    def submit_order(position_id: str, order_id: str) -> None:
        sent = house.orders.submit(UUID(position_id), UUID(order_id))
        if sent is None:
            return
        if sent.delay_ms:
            house.jobs.collect_reports(sent.client_order_id, sent.delay_ms)
        else:
            house.orders.collect(sent.client_order_id)

    for name, work in ((WAKE, wake), (SUBMIT_ORDER, submit_order), (COLLECT_REPORTS, house.orders.collect)):
        dramatiq.actor(work, broker=house.queue, queue_name=QUEUE, actor_name=name)
