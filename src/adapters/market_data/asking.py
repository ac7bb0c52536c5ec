"""Ask a provider over HTTP: its answer's bytes, or in which way there are none."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

from adapters.market_data.exact_json import Json, Unreadable, read_json
from adapters.outbound.client import Answer, NotAllowed, Outbound, TooMuch, Unanswered
from application.ports.market_data import (
    Payload,
    ProviderGarbled,
    ProviderRefused,
    ProviderSilent,
    ProviderThrottled,
    Topic,
)

REST_SECONDS = 60
REST_SECONDS_MAX = 86_400
"""How long a provider that wants to be left alone is: when it does not say for how long, and at most."""


class Asking:
    """Asks one provider, each question once and within its time. ``now`` is when."""

    def __init__(self, outbound: Outbound, now: datetime, seconds_max: float) -> None:
        self._outbound = outbound
        self._now = now
        self._seconds_max = seconds_max

    def __call__(
        self, topic: Topic, listing_ids: tuple[UUID, ...], url: str, headers: Mapping[str, str]
    ) -> Payload:
        """What came with status 200. Raises a kind of ProviderFailed, whose words tell no part of the address."""
        try:
            answer = self._outbound.ask("GET", url, headers, seconds_max=self._seconds_max)
        except Unanswered as nothing:
            raise ProviderSilent(f"did not answer: {nothing}") from None
        except NotAllowed as refusal:
            raise ProviderRefused(f"may not be asked: {refusal}") from None
        except TooMuch as flood:
            raise ProviderGarbled(f"answered too much: {flood}") from None
        except ValueError as wrong:
            raise ProviderRefused(f"cannot be asked: {wrong}") from None
        payload = Payload(topic, listing_ids, answer.body)
        self._require_an_answer(answer, payload)
        return payload

    def _require_an_answer(self, answer: Answer, payload: Payload) -> None:
        status, wait = answer.status, answer.headers.get("retry-after")
        if status == 429 or (status == 503 and wait is not None):
            seconds = _seconds(wait, self._now)
            raise ProviderThrottled(f"answered {status} and wants to be left alone for {seconds} s", seconds)
        if status in {401, 403}:
            raise ProviderRefused(f"answered {status}: it does not let this key in", payload)
        if status >= 500:
            raise ProviderSilent(f"answered {status}", payload)
        if 300 <= status < 400:
            raise ProviderGarbled(f"answered {status}, a redirect, which is not followed", payload)
        if status != 200:
            raise ProviderGarbled(f"answered {status}", payload)


def _seconds(header: str | None, now: datetime) -> int:
    """How long it wants to be left alone: seconds, or until a date."""
    if header is None:
        return REST_SECONDS
    if header.isascii() and header.isdigit():
        return min(max(int(header[:9]), 1), REST_SECONDS_MAX)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return REST_SECONDS
    if until.tzinfo is None:
        return REST_SECONDS
    return min(max(int((until - now).total_seconds()), 1), REST_SECONDS_MAX)


@contextmanager
def reading(payload: Payload) -> Iterator[Json]:
    """An answer's JSON, to be read; whatever of it cannot be read raises ProviderGarbled."""
    try:
        yield read_json(payload.body)
    except Unreadable as unreadable:
        raise ProviderGarbled(f"answered what {unreadable}", payload) from None
