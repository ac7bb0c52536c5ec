"""Price files made up from a seed, on real session days, for tests that replay them."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from adapters.calendars.exchange_sessions import ExchangeSessions

FIRST_DAY = date(2015, 1, 2)
CENT = Decimal("0.01")
PER_MILLE = Decimal("0.001")
MOVE_PER_MILLE = 35.0


def write_prices(
    path: Path,
    *,
    rows: int,
    seed: int,
    exchange: str = "XNYS",
    first: str = "100.00",
    wrong_row: int | None = None,
) -> list[Decimal]:
    """Write ``rows`` daily closes of a random walk and answer them, oldest first.

    The close in ``wrong_row`` is twice what it should be, which the gate stops.
    """
    chance = random.Random(seed)
    sessions, day, price = ExchangeSessions(), FIRST_DAY, Decimal(first)
    lines = ["Date,Close"]
    closes: list[Decimal] = []
    while len(closes) < rows:
        if sessions.close_of(exchange, day) is not None:
            closes.append(2 * price if len(closes) == wrong_row else price)
            lines.append(f"{day},{closes[-1]}")
            moved = 1 + round(chance.gauss(0, MOVE_PER_MILLE)) * PER_MILLE
            price = max(CENT, (price * moved).quantize(CENT))
        day += timedelta(days=1)
    path.write_text("\n".join(lines) + "\n")
    return closes
