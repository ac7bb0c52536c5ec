"""JSON of one spelling: equal values give equal bytes, hence equal hashes, on every machine (DOMAIN §7, §8)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, assert_never
from uuid import UUID

from domain.events import rfc3339
from domain.numbers import shortest

Scalar = bool | int | str | Decimal | date | datetime | UUID | None
Canonical: TypeAlias = "Scalar | Sequence[Canonical] | Mapping[str, Canonical]"
"""What can be written: no floats, which say too much or too little."""

Plain: TypeAlias = "bool | int | str | list[Plain] | dict[str, Plain] | None"


def canonical(value: Canonical) -> bytes:
    """Keys sorted, no space that means nothing, decimals as strings without exponents or trailing zeros."""
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(content: bytes) -> str:
    """The SHA-256 of canonical JSON, in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _plain(value: Canonical) -> Plain:
    match value:
        case bool() | int() | str() | None:
            return value
        case Decimal():
            return _digits(value)
        case datetime():
            return rfc3339(value)
        case date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case Sequence():
            return [_plain(each) for each in value]
        case _:
            assert_never(value)


def _digits(number: Decimal) -> str:
    if not number.is_finite():
        raise ValueError(f"{number} is no number")
    return "0" if number == 0 else shortest(number)
