"""How long it takes until everything works again: every health check, every broker, every source of prices."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import psycopg

from kills.live.kept import alarms
from kills.live.ledger import books
from kills.live.story import Story
from kills.programs import PATIENCE_SECONDS, Broken

POLL_SECONDS = 0.1


class Recovery:
    """Waits for what a running story must come to."""

    def __init__(self, story: Story) -> None:
        self._story = story

    def after(self, moment: datetime) -> datetime:
        """When all was well again: orders decided after a moment have been filled at every broker. Raises Broken."""
        return self._until(lambda: self._lacking(moment))

    def rested(self) -> None:
        """Wait until all that was advised is over. Raises Broken."""
        rests = self._story.investor.rests
        self._until(lambda: [] if rests.is_set() else ["the end of what was advised"])

    def settled(self) -> None:
        """Wait until nothing is under way any more. Raises Broken."""
        self._until(self._unsettled)

    def _until(self, lacking: Callable[[], list[str]]) -> datetime:
        until = datetime.now(UTC) + timedelta(seconds=PATIENCE_SECONDS)
        while True:
            self._story.check()
            try:
                missing = lacking()
            except psycopg.Error as error:
                missing = [f"the database ({type(error).__name__})"]
            now = datetime.now(UTC)
            if not missing:
                return now
            if now > until:
                raise Broken(f"after {PATIENCE_SECONDS:g} s there is still missing: {'; '.join(missing)}")
            time.sleep(POLL_SECONDS)

    def _lacking(self, moment: datetime) -> list[str]:
        if self._story.requests.get("/health/ready") is None:
            return ["readiness"]
        accounts = self._story.accounts
        with books(self._story.up.data) as found:
            filled = found.count(
                "select orders.portfolio_id::text || case when placement is null then '' else ' advised' end as what,"
                " count(*) as n from orders join positions using (position_id)"
                " where decided_at > %(moment)s and orders.status = 'filled' group by 1",
                moment=moment,
            )
            simulated = found.one(
                "select count(*) as n from latest_prices where source = 'simulated' and as_of > %(moment)s",
                moment=moment,
            )
        missing = [
            f"an order at {each.name}" for each in accounts.all if str(each.portfolio_id) not in filled
        ]
        missing += [
            f"an order of what was advised at {each.name}"
            for each in accounts.advised
            if f"{each.portfolio_id} advised" not in filled
        ]
        return missing if simulated["n"] else [*missing, "a price of the scheduler's"]

    def _unsettled(self) -> list[str]:
        if not self._story.person.is_done:
            return ["an acknowledgement for the person"]
        with books(self._story.up.data) as found:
            open_orders = found.rows("select client_order_id, status from orders where is_open")
            waiting = found.one("select count(*) as n from inbox where booked_at is null")
            actions = found.count(
                "select portfolio_id as what, jsonb_array_length(settled) as n from positions"
                " where placement is null"
            )
            untold = found.one("select count(*) as n from paper_orders where not done and auto_fill")
            missing = alarms(found)
            unreconciled = found.one("select count(*) as n from portfolios where not reconciled")
            undecided = found.one(
                "select count(*) as n from latest_prices left join tick_cursors using (feed, listing_id)"
                " where source <> 'simulated'"
                " and (tick_cursors.as_of is null or tick_cursors.as_of < latest_prices.as_of)"
            )
        person = self._story.person
        expected = {each.portfolio_id: 0 for each in self._story.accounts.all}
        for portfolio_id in (*person.paid, *person.split):
            expected[portfolio_id] += 1
        missing += [f"the end of {row['client_order_id']} ({row['status']})" for row in open_orders]
        if waiting["n"]:
            missing.append(f"the booking of {waiting['n']} messages")
        if untold["n"]:
            missing.append(f"the end of {untold['n']} paper orders")
        if undecided["n"]:
            missing.append(f"a decision on {undecided['n']} prices")
        if unreconciled["n"]:
            missing.append("a clean comparison")
        missing += [
            f"actions {expected[each]} of {each}" for each in expected if actions[each] < expected[each]
        ]
        return missing
