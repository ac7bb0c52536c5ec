"""Corporate actions that have changed units which no rule keeps, and that the books do not tell of yet (DOMAIN §5).

They are booked by themselves, soon after they take effect (``own_actions``). As long as a split or merger is not, since
nobody knows what became of a fraction or a person has taken it back, nothing may be decided on what is held.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, in_order
from domain.money import ZERO
from domain.numbers import shortest
from domain.portfolio.events import EntryPosted, EntryReversed, PostedKind, UnitsTraded

Entry = EntryPosted | EntryReversed | UnitsTraded
"""What moves units that are held outside of positions."""

Booked = tuple[datetime, Entry]
"""An entry of the books and when it took effect."""

TELLS = frozenset({"adjustment", "transfer"})
"""The kinds of entries by which units change without being traded."""

ITS_DAY = timedelta(hours=15)
"""How long before the opening a person's adjustment is of that day's action: people and files give days, not hours.

That reaches back to the day's midnight on the spot and, where that is earlier, in UTC: New York opens at 14:30.
"""

SOURCE = "action:"
"""How the journal names a corporate action as the source of an entry, before the action's id."""


def is_of_action(entry: EntryPosted) -> bool:
    """Whether an entry books a corporate action."""
    return (entry.source or "").startswith(SOURCE)


def tells(kind: PostedKind, at: datetime, action: Announced) -> bool:
    """Whether an entry of this kind and moment may be a split or merger that somebody has told by hand."""
    since = action.effective_at - ITS_DAY if kind == "adjustment" else action.effective_at
    return kind in TELLS and at >= since


def untold(
    announced: Iterable[Announced], units: Decimal, entries: Sequence[Booked], until: datetime
) -> Iterator[Announced]:
    """The splits and mergers of a listing that took effect on units held before them and were not told since.

    ``units`` are what is held now, ``entries`` the listing's own. An adjustment of its day or later tells it, and so
    does a transfer after it, unless it was taken back.
    """
    taken_back = {each.reverses for _, each in entries if isinstance(each, EntryReversed)}
    for action in sorted(announced, key=in_order):
        if action.kind == "dividend" or action.effective_at > until:
            continue
        since = [each for at, each in entries if at >= action.effective_at]
        held = units - sum((each.units_of(action.listing_id) for each in since), ZERO)
        if held > 0 and not any(_tells(at, each, action, taken_back) for at, each in entries):
            yield action


def sentence(action: Announced, units: Decimal) -> str:
    """What a person has to do before anything is decided again."""
    held = f"{shortest(units)} {action.symbol} are held outside of positions"
    return f"{action.sentence()} {held}, and the books do not say yet what became of them: adjust them first."


def _tells(at: datetime, entry: Entry, action: Announced, taken_back: set[UUID]) -> bool:
    """An entry that books an action tells of that one, and of no other."""
    if not isinstance(entry, EntryPosted) or entry.entry_id in taken_back:
        return False
    if is_of_action(entry):
        return entry.source == f"{SOURCE}{action.action_id}"
    return tells(entry.kind, at, action)
