"""Trading sessions: the venue's own day and hours, as decisions need them (DOMAIN §1, §2 step 2).

When exchanges trade is known outside. Here is what the answer says, and the two ways of having none.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Session:
    """What an exchange's calendar says of one instant.

    ``open``: the regular session is on. Its first and its last instant count as open, because a decision at
    the close of its own session is made in it; a lunch break does not count.

    ``day``: the trading day, by which orders per day are counted. While open it is the session's own date;
    while closed it is the calendar date at the venue, whether or not that date trades. So an evening's
    decisions count with the session that just ended, and a Saturday's with one another.
    """

    exchange: str
    day: date
    open: bool


class UnknownExchange(ValueError):
    """No calendar is known for this market identifier, so nothing about its hours can be said."""

    def __init__(self, exchange: str, why: str = "it is no known market identifier (ISO 10383)") -> None:
        super().__init__(exchange, why)
        self.exchange = exchange
        self.why = why

    def __str__(self) -> str:
        return f"There is no calendar for exchange {self.exchange}: {self.why}."


class BeyondCalendar(ValueError):
    """A day the exchange's calendar does not reach; nothing may be guessed about it."""

    def __init__(self, exchange: str, day: date, first: date, last: date) -> None:
        super().__init__(exchange, day, first, last)
        self.exchange = exchange
        self.day = day
        self.first = first
        self.last = last

    def __str__(self) -> str:
        return (
            f"The sessions of {self.exchange} are known from {self.first} to {self.last}; {self.day} is not."
        )
