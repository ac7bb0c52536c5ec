"""Read a policy from its JSON text: all faults at once, each with its path, and nothing guessed."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NoReturn

from pydantic import ValidationError

from domain.policy.canonical import digest
from domain.policy.consistency import Path, faults
from domain.policy.model import Policy
from domain.refusals import FieldError, InvalidFields

AMOUNTS = frozenset(
    {"staged_amount", "deploy_amount", "contribution", "min_trade", "amount", "cost_per_order"}
)
"""Keys that carry an amount; in the document each ends with the base currency, as in ``min_trade_gbp``."""

DIGITS_MAX = 24


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A policy with its document as it was written, numbers kept exactly, and the hash that names it."""

    policy: Policy
    document: dict[str, Any]
    hash: str


def read(text: str | bytes) -> ReadPolicy:
    """The policy in a JSON text. Raises InvalidFields with everything that is wrong with it."""
    return understand(parse(text))


def understand(document: Any) -> ReadPolicy:  # noqa: ANN401  # any JSON
    """The policy in a document whose numbers are decimals. Raises InvalidFields with all that is wrong with it.

    Parts are compared with one another only where each has its shape; unknown keys do not stand in the way.
    """
    if not isinstance(document, dict):
        raise InvalidFields([("policy", "The policy must be a JSON object.")])
    currency = document.get("base_currency")
    suffix = f"_{currency.lower()}" if isinstance(currency, str) else ""
    policy, errors = _shaped(_without_suffix(document, suffix), suffix)
    if policy is not None:
        errors += [(_spelled(path, suffix), sentence) for path, sentence in faults(policy)]
    if policy is None or errors:
        raise InvalidFields(errors)
    return ReadPolicy(policy, document, digest(document))


def parse(text: str | bytes) -> Any:  # noqa: ANN401  # any JSON
    """A JSON text with every number as a decimal and no key twice. Raises InvalidFields for what is none."""
    try:
        return json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        raise InvalidFields([("policy", f"The text is no JSON that can be read: {error}.")]) from None


def _shaped(document: Any, suffix: str) -> tuple[Policy | None, list[FieldError]]:  # noqa: ANN401  # any JSON
    """The policy as far as it has its shape, None where it has not, and what is wrong with the shape."""
    try:
        return Policy.model_validate(document), []
    except ValidationError as error:
        found = error.errors()
    errors = [_said(each, suffix) for each in found]
    if any(each["type"] != "extra_forbidden" for each in found):
        return None, errors
    for each in found:
        _remove(document, each["loc"])
    return Policy.model_validate(document), errors


def _remove(document: Any, path: tuple[str | int, ...]) -> None:  # noqa: ANN401  # any JSON
    *way, last = path
    for step in way:
        document = document[step]
    del document[last]


def _number(text: str) -> Decimal:
    number = Decimal(text)
    _, digits, exponent = number.as_tuple()
    # Told by its digits before anything is computed with it: 1e999999999 is one short word.
    if not isinstance(exponent, int) or abs(exponent) > DIGITS_MAX or len(digits) > DIGITS_MAX:
        raise ValueError(f"{text[:40]} has more than {DIGITS_MAX} digits")
    return number


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key} stands twice in one object")
        found[key] = value
    return found


def _without_suffix(document: Any, suffix: str) -> Any:  # noqa: ANN401  # any JSON
    """The document with amounts named as the model names them; a bare name stays unknown to it."""
    if isinstance(document, list):
        return [_without_suffix(item, suffix) for item in document]
    if not isinstance(document, dict):
        return document
    return {_plain(key, suffix): _without_suffix(value, suffix) for key, value in document.items()}


def _plain(key: str, suffix: str) -> str:
    bare = key.removesuffix(suffix) if suffix else key
    if bare in AMOUNTS:
        # The currency is part of the name: an amount without it, or in another, is an unknown key.
        return bare if bare != key else f"{key} without its currency"
    return key


def _said(error: Any, suffix: str) -> FieldError:  # noqa: ANN401  # pydantic's own
    path = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        key = str(path[-1]).removesuffix(" without its currency")
        return _spelled((*path[:-1], key), ""), "This key is not known."
    if error["type"] == "missing":
        return _spelled(path, suffix), "This key is missing."
    sentence = str(error["msg"]).removeprefix("Value error, ")
    return _spelled(path, suffix), f"{sentence[0].upper()}{sentence[1:]}."


def _spelled(path: Path, suffix: str) -> str:
    parts = [
        f"[{part}]" if isinstance(part, int) else f".{part}{suffix if part in AMOUNTS else ''}"
        for part in path
    ]
    return "".join(parts).lstrip(".")
