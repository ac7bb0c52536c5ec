"""What changed between two versions of a policy, place by place, for a person to read before approving."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.policy.canonical import Json, canonical

NAMED_BY = ("ticker", "name", "date")
"""What items of a list are known by, so that one that moved is not told as two that changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One place that differs; ``before`` is None where it came, ``after`` where it went. Both are JSON."""

    path: str
    before: str | None
    after: str | None

    def sentence(self) -> str:
        """``targets.core: 0.35 became 0.4.``"""
        if self.before is None:
            return f"{self.path}: {self.after} came."
        if self.after is None:
            return f"{self.path}: {self.before} went."
        return f"{self.path}: {self.before} became {self.after}."


def differences(before: Json, after: Json) -> list[Change]:
    """Every place that differs between two documents, in the order of the keys."""
    return [*_compare("", before, after)]


def _compare(path: str, before: Json, after: Json) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _compare_members(path, before, after)
    elif _is_list(before) and _is_list(after):
        yield from _compare_items(path, before, after)  # type: ignore[arg-type]  # _is_list has just looked
    elif canonical(before) != canonical(after):
        yield Change(path, canonical(before), canonical(after))


def _compare_members(path: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[Change]:
    for key in sorted(before.keys() | after.keys()):
        place = f"{path}.{key}" if path else key
        if key not in before:
            yield Change(place, None, canonical(after[key]))
        elif key not in after:
            yield Change(place, canonical(before[key]), None)
        else:
            yield from _compare(place, before[key], after[key])


def _compare_items(path: str, before: Sequence[Json], after: Sequence[Json]) -> Iterator[Change]:
    first, second = names_of(before), names_of(after)
    if first is None or second is None:
        if canonical(before) != canonical(after):
            yield Change(path, canonical(before), canonical(after))
        return
    if list(first) != list(second) and set(first) == set(second):
        yield Change(path, " ".join(first), " ".join(second))
    for name in (*first, *(each for each in second if each not in first)):
        place = f"{path}[{name}]"
        if name not in first:
            yield Change(place, None, canonical(second[name]))
        elif name not in second:
            yield Change(place, canonical(first[name]), None)
        else:
            yield from _compare(place, first[name], second[name])


def names_of(items: Sequence[Json]) -> dict[str, Json] | None:
    """The items by what they are known by, None unless each is known by something of its own."""
    found: dict[str, Json] = {}
    for item in items:
        key = next((key for key in NAMED_BY if isinstance(item, Mapping) and key in item), None)
        if key is None or not isinstance(item, Mapping):
            return None
        found[str(item[key])] = item
    return found if len(found) == len(items) else None


def _is_list(value: Json) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
