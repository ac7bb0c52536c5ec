"""The unreliable postman: what the broker tells us is dropped, copied, delayed and shuffled on its way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from application.ports.broker import BrokerReport
from domain.numbers import plain
from storm.book import Said
from storm.scenario import Weather

ONLY_ON_STREAMS = frozenset(
    {"suspended", "pending_cancel", "pending_replace", "done_for_day", "unrecognised"}
)


@dataclass(frozen=True)
class Letter:
    """A message on its way: its id, and what it says."""

    channel: str
    id: str
    portfolio_id: UUID
    account: str
    body: bytes
    due: datetime

    @property
    def source(self) -> str:
        """Where it comes from, as the inbox calls it."""
        return f"callback:{self.portfolio_id}" if self.channel == "callback" else f"storm:{self.account}"


class Post:
    """Letters of one account that have not been delivered yet."""

    def __init__(self, account: str, portfolio_id: UUID, chance: Random, weather: Weather) -> None:
        self._account = account
        self._portfolio_id = portfolio_id
        self._chance = chance
        self._weather = weather
        self._written = 0
        self.waiting: list[Letter] = []
        self.dropped: list[Letter] = []
        self.calm = False

    def take(self, said: Said) -> None:
        """Carry what the broker says, on each channel that can."""
        for channel in self._weather.channels:
            if channel == "stream" or said.event not in ONLY_ON_STREAMS:
                self._carry(channel, said)

    def _carry(self, channel: str, said: Said) -> None:
        chance, weather = self._chance, self._weather
        letter = self._letter(channel, said, said.at)
        if self.calm:
            self.waiting.append(letter)
            return
        if chance.random() < weather.drop_rate:
            self.dropped.append(letter)
            return
        self.waiting.append(self._late(letter))
        while chance.random() < weather.copy_rate:
            self.waiting.append(self._late(letter))
        while chance.random() < weather.other_id_rate:
            self.waiting.append(self._late(self._letter(channel, said, said.at)))

    def pick(self, now: datetime, many: int, *, anyway: bool = False) -> list[Letter]:
        """Up to so many letters that have arrived, in any order."""
        arrived = [each for each in self.waiting if anyway or each.due <= now]
        picked = self._chance.sample(arrived, min(many, len(arrived)))
        for letter in picked:
            self.waiting.remove(letter)
        return picked

    def _late(self, letter: Letter) -> Letter:
        if self._chance.random() >= self._weather.delay_rate:
            return letter
        seconds = self._chance.uniform(0, self._weather.delay_seconds_max)
        return Letter(
            letter.channel,
            letter.id,
            letter.portfolio_id,
            letter.account,
            letter.body,
            letter.due + timedelta(seconds=seconds),
        )

    def _letter(self, channel: str, said: Said, due: datetime) -> Letter:
        self._written += 1
        body = json.dumps(written(said, self._account)).encode()
        return Letter(channel, f"{channel}-{self._written}", self._portfolio_id, self._account, body, due)


def written(said: Said, account: str) -> dict[str, Any]:
    """What is said, as a callback's body says it."""
    fields: dict[str, Any] = {
        "broker": "alpaca",
        "account": account,
        "client_order_id": said.order.ticket.client_order_id,
        "broker_order_id": said.order.broker_order_id,
        "event": said.event,
        "at": said.at.isoformat(),
    }
    if said.reason is not None:
        fields["reason"] = said.reason
    if said.raw is not None:
        fields["raw"] = said.raw
    if said.execution is not None:
        revision = said.execution.revisions[said.revision - 1]
        fields |= {
            "execution_id": said.execution.id,
            "revision": said.revision,
            "quantity": plain(revision.quantity),
            "price": plain(revision.price),
            "commission": plain(revision.commission),
            "at": said.execution.at.isoformat(),
        }
    return fields


def of_no_execution(fields: Mapping[str, Any]) -> BrokerReport:
    """What a stream says that callbacks have no words for."""
    return BrokerReport(
        fields["client_order_id"],
        fields["event"],
        broker_order_id=fields["broker_order_id"],
        raw=fields.get("raw"),
        at=datetime.fromisoformat(fields["at"]),
    )
