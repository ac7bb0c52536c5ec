"""JSON read strictly: capped in depth, and no key twice."""

import json
import re
from typing import Any

from domain.refusals import InvalidFields

DEPTH_MAX = 32

STRING_OR_BRACKET = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def parse(body: bytes) -> Any:  # noqa: ANN401  # JSON is anything
    """Read JSON. Raises InvalidFields for what is malformed, too deep, or names a key twice."""
    if body.count(b"{") + body.count(b"[") > DEPTH_MAX and _depth(body) > DEPTH_MAX:
        raise InvalidFields([("body", f"The body is nested deeper than {DEPTH_MAX} levels.")])
    try:
        return json.loads(body, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise InvalidFields([("body", f"The body is no valid JSON: {reason}.")]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]  # add answers None, which is the point
        raise InvalidFields([(twice, "The key stands twice in one object.")])
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _depth(body: bytes) -> int:
    depth = deepest = 0
    for token in STRING_OR_BRACKET.finditer(body):
        first = token[0][:1]
        if first in b"[{":
            depth += 1
            deepest = max(deepest, depth)
        elif first in b"]}":
            depth -= 1
    return deepest
