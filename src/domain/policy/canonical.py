"""One spelling for a JSON document, so that the same content has the same hash however it was written.

Keys are sorted, there is no insignificant space, and numbers are plain decimals without trailing zeros
(DOMAIN §7): ``1e-1``, ``0.10`` and ``0.1`` are one number.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.events import rfc3339
from domain.numbers import shortest

Json = Mapping[str, "Json"] | Sequence["Json"] | str | Decimal | int | bool | None | UUID | date
"""What can be spelled: JSON with exact numbers, and ids and times, which become strings."""


def canonical(document: Json) -> str:
    """The canonical text of a document. Raises TypeError for what JSON cannot say exactly, such as a float."""
    match document:
        case None | bool() | str():
            return json.dumps(document, ensure_ascii=False)
        case UUID():
            return f'"{document}"'
        case datetime():
            return f'"{rfc3339(document)}"'
        case date():
            return f'"{document.isoformat()}"'
        case int() | Decimal():
            return _number(Decimal(document))
        case Mapping():
            members = (f"{canonical(key)}:{canonical(document[key])}" for key in sorted(document))
            return f"{{{','.join(members)}}}"
        case Sequence():
            return f"[{','.join(canonical(item) for item in document)}]"
        case _:
            raise TypeError(f"{type(document).__name__} has no canonical spelling")


def digest(document: Json) -> str:
    """The SHA-256 of the canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise TypeError(f"{number} is no number and has no canonical spelling")
    text = shortest(number)
    return "0" if text == "-0" else text
