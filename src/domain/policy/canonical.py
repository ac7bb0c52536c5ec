"""One spelling for a JSON document, so that the same content has the same hash however it was written.

Keys are sorted, there is no insignificant space, and numbers are plain decimals without trailing zeros
(DOMAIN §7): ``1e-1``, ``0.10`` and ``0.1`` are one number.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

from domain.events import rfc3339
from domain.numbers import shortest

Json = Mapping[str, "Json"] | Sequence["Json"] | str | Decimal | int | bool | None | UUID | date
"""What can be spelled: JSON with exact numbers, and ids and times, which become strings."""

Spelling = Callable[[Any], str]

_text: Spelling = encode_basestring


def canonical(document: Json) -> str:
    """The canonical text of a document. Raises TypeError for what JSON cannot say exactly, such as a float."""
    return (SPELLINGS.get(type(document)) or _by_kind(document))(document)


def _by_kind(document: Json) -> Spelling:
    for kind, spell in SPELLINGS.items():
        if isinstance(document, kind):
            return spell
    raise TypeError(f"{type(document).__name__} has no canonical spelling")


def digest(document: Json) -> str:
    """The SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hash_of(canonical(document))


def hash_of(text: str) -> str:
    """The SHA-256 of a text, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _object(document: Mapping[str, Json]) -> str:
    members = [name + canonical(document[key]) for key, name in _in_order(tuple(document))]
    return f"{{{','.join(members)}}}"


@lru_cache(maxsize=256)
def _in_order(keys: tuple[str, ...]) -> Sequence[tuple[str, str]]:
    """Keys sorted, each with its spelling: the rows of a list have the same ones, hundreds of times."""
    return [(key, f"{_text(key)}:") for key in sorted(keys)]


def _array(items: Sequence[Json]) -> str:
    return f"[{','.join([canonical(each) for each in items])}]"


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError(f"{number} is no number and has no canonical spelling")
    text = shortest(number)
    return "0" if text == "-0" else text


SPELLINGS: Mapping[type, Spelling] = {
    str: _text,
    Decimal: _number,
    type(None): lambda _: "null",
    bool: lambda truth: "true" if truth else "false",
    int: lambda number: _number(Decimal(number)),
    UUID: lambda each: f'"{each}"',
    datetime: lambda moment: f'"{rfc3339(moment)}"',
    date: lambda day: f'"{day.isoformat()}"',
    dict: _object,
    list: _array,
    tuple: _array,
    Mapping: _object,
    Sequence: _array,
}
"""By type, and for a type that is not here by the first of these that it is a kind of."""
