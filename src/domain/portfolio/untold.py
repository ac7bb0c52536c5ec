"""Corporate actions that have changed units which no rule keeps, and that nobody has told the books yet (DOMAIN §5).

A position's shares are settled by themselves. Units held outside of positions are in a person's hands: as long as a
split or merger of them is not booked, what they are worth is not known and nothing may be decided on it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from domain.actions import Announced, in_order
from domain.money import ZERO
from domain.numbers import shortest
from domain.portfolio.events import EntryPosted, EntryReversed, UnitsTraded

Entry = EntryPosted | EntryReversed | UnitsTraded
"""What moves units that are held outside of positions."""

Booked = tuple[datetime, Entry]
"""An entry of the books and when it took effect."""

TELLS = frozenset({"adjustment", "transfer"})
"""The kinds of entries by which units change without being traded."""


def untold(
    announced: Iterable[Announced], units: Decimal, entries: Sequence[Booked], until: datetime
) -> Iterator[Announced]:
    """The splits and mergers of a listing that took effect on units held before them and were not told since.

    ``units`` are what is held now, ``entries`` the listing's own. An adjustment or a transfer that took effect at or
    after the action tells it, unless it was taken back.
    """
    taken_back = {each.reverses for _, each in entries if isinstance(each, EntryReversed)}
    for action in sorted(announced, key=in_order):
        if action.kind == "dividend" or action.effective_at > until:
            continue
        since = [each for at, each in entries if at >= action.effective_at]
        held = units - sum((_moved(each) for each in since), ZERO)
        if held > 0 and not any(_tells(each, taken_back) for each in since):
            yield action


def sentence(action: Announced, units: Decimal) -> str:
    """What a person has to do before anything is decided again."""
    held = f"{shortest(units)} {action.symbol} are held outside of positions"
    return f"{action.sentence()} {held}, and the books do not say yet what became of them: adjust them first."


def _moved(entry: Entry) -> Decimal:
    return entry.quantity if isinstance(entry, UnitsTraded) else entry.effect.quantity


def _tells(entry: Entry, taken_back: set[UUID]) -> bool:
    return isinstance(entry, EntryPosted) and entry.kind in TELLS and entry.entry_id not in taken_back
