"""Look once a minute for what no event announces: what is missing, what a portfolio has lost, when an hour is over.

It has a thread of its own, since reading an exchange's calendar for the first time takes seconds. Any number of
processes may look: what one has said the next one finds said.
"""

from api.repeating import Repeating
from api.wiring import House

LOOK_SECONDS = 60.0


class Watching(Repeating):
    """Watches losses and units below zero, then what is missing; a head of the chain is kept if it is time."""

    def __init__(self, house: House, look_seconds: float = LOOK_SECONDS) -> None:
        super().__init__(
            "watching",
            look_seconds,
            house.daily_loss_brake.sweep,
            house.stop_units_below_zero,
            house.watch,
            house.keep_heads,
        )
