"""JSON of providers, read to the last digit and without guessing: numbers, moments, days, and where they stand."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeAlias, TypeGuard

from domain.market_data.paths import Step

Json: TypeAlias = "Mapping[str, Json] | Sequence[Json] | str | int | Decimal | bool | None"

NUMBER = re.compile(r"-?[0-9]{1,18}(?:\.[0-9]{1,20})?", re.ASCII)
INTEGER_DIGITS_MAX, FRACTION_DIGITS_MAX = 18, 20
TEXT_SHOWN_MAX = 40

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}", re.ASCII)
EPOCH = re.compile(
    r"(?P<seconds>[0-9]{9,10})(?P<part>\.[0-9]{1,9})?|(?P<milliseconds>[0-9]{12,13})", re.ASCII
)
"""Seconds since 1970 have nine or ten digits from 1973 to 2286, milliseconds three more: neither is mistaken."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Unreadable(ValueError):
    """What came is not what was asked for; ``str()`` continues ``The answer …``."""


def read_json(body: bytes) -> Json:
    """JSON without floats, in which no name stands twice. Raises Unreadable."""
    try:
        found: Json = json.loads(
            body.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_refuse,
            object_pairs_hook=_once,
        )
    except (ValueError, RecursionError, InvalidOperation):
        raise Unreadable(f"is no JSON: {_shown(body[:TEXT_SHOWN_MAX].decode('ascii', 'replace'))}") from None
    return found


def at(json: Json, steps: Sequence[Step]) -> Json:
    """What stands at the end of some steps. Raises Unreadable when they lead nowhere."""
    for step in steps:
        if isinstance(step, int):
            if not _is_list(json) or step >= len(json):
                raise Unreadable(f"has nothing at [{step}]")
            json = json[step]
        else:
            if not isinstance(json, Mapping) or step not in json:
                raise Unreadable(f"has no {_shown(step)}")
            json = json[step]
    return json


def number(value: Json) -> Decimal:
    """A number, bare or in a string, every digit kept. Raises Unreadable."""
    if isinstance(value, str) and NUMBER.fullmatch(value):
        return Decimal(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**INTEGER_DIGITS_MAX:
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        exponent = value.as_tuple().exponent
        if (
            isinstance(exponent, int)
            and exponent >= -FRACTION_DIGITS_MAX
            and value.adjusted() < INTEGER_DIGITS_MAX
        ):
            return value
    raise Unreadable(f"has {_shown(value)} where a number should be")


def moment(value: Json) -> datetime | date:
    """A moment in UTC, from RFC 3339 with a zone or from seconds or milliseconds since 1970; or a bare date.

    Raises Unreadable; a time without a zone is one of many moments.
    """
    text = str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise Unreadable(f"has {_shown(value)} where a moment should be")
    try:
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
        if epoch := EPOCH.fullmatch(text):
            return _since_1970(epoch)
        if not MOMENT.match(text):
            raise Unreadable(f"has {_shown(value)} where a moment should be")
        found = datetime.fromisoformat(text.upper())
    except (ValueError, OverflowError):
        raise Unreadable(f"has {_shown(value)} where a moment should be") from None
    if found.tzinfo is None:
        raise Unreadable(f"has {_shown(value)}, a time without its zone")
    return found.astimezone(UTC)


def label(value: Json) -> str:
    """What a provider calls something. Raises Unreadable."""
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= TEXT_SHOWN_MAX:
        raise Unreadable(f"has {_shown(value)} where a name should be")
    return value


def _since_1970(epoch: re.Match[str]) -> datetime:
    if epoch["milliseconds"]:
        return BEGINNING + timedelta(milliseconds=int(epoch["milliseconds"]))
    microseconds = int((Decimal(epoch["part"] or 0) * 1_000_000).to_integral_value("ROUND_FLOOR"))
    return BEGINNING + timedelta(seconds=int(epoch["seconds"]), microseconds=microseconds)


def _is_list(json: Json) -> TypeGuard[Sequence[Json]]:
    return isinstance(json, list)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _shown(value: object) -> str:
    """Somebody's value, cut short for a sentence."""
    text = str(value) if isinstance(value, str | int | Decimal | bool) else type(value).__name__
    return repr(text if len(text) <= TEXT_SHOWN_MAX else text[:TEXT_SHOWN_MAX] + "…")
