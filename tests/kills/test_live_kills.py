"""A slice of ``make kills ARGS=--live``: parts die while orders are at three brokers; nothing is lost or doubled."""

import random
from datetime import UTC, datetime
from pathlib import Path

from kills.live.recovery import Recovery
from kills.live.run import Toll, finish, volley
from kills.live.story import told
from kills.programs import PATIENCE_SECONDS

SEED = 39
"""With it Alpaca cuts its lines for a second, after it has done what it was asked for."""

DEATHS = ("alpaca", "worker", "postgres")


def test_what_dies_while_orders_are_out_is_made_good_at_every_broker(tmp_path: Path) -> None:
    """Executions, cash and shares are the brokers' own, each dividend and split counts once, all is well in time."""
    toll = Toll()
    with told(tmp_path / "data", SEED) as story:
        recovery = Recovery(story)
        recovery.after(datetime.now(UTC))
        story.person.deposit()
        story.person.pay_dividends()
        story.person.split_shares()
        volley(story, recovery, DEATHS, random.Random(SEED), toll)
        finish(story, recovery)
    assert len(toll.seconds) == len(DEATHS)
    assert max(toll.seconds) <= PATIENCE_SECONDS
