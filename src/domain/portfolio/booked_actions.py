"""Corporate actions that are booked for units outside of positions, told again by a person or a file (DOMAIN §5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.actions import Announced, DividendAnnounced
from domain.portfolio.events import EntryPosted, PostedKind
from domain.portfolio.own_actions import Past
from domain.portfolio.own_dividends import is_in_its_days, not_told_otherwise
from domain.portfolio.untold import tells


@dataclass(frozen=True, slots=True)
class BookedAction:
    """An action that is on the books, with the entry that says what became of the units.

    ``taken_back`` are dividends of the same listing whose entry is not, and which nobody has told otherwise yet.
    """

    action: Announced
    entry: EntryPosted
    taken_back: tuple[DividendAnnounced, ...] = ()

    def is_told_by(self, kind: PostedKind, at: datetime, quantity: Decimal | None) -> bool:
        """Whether an entry of this kind is most likely the same: a dividend of these days, or as many units."""
        if isinstance(self.action, DividendAnnounced):
            return kind == "dividend" and is_in_its_days(self.action, at)
        return tells(kind, at, self.action) and quantity == self.entry.effect.quantity

    def is_paid_as(self, cash: Decimal) -> bool:
        """Whether that is what a dividend came to after tax; another tax is other money, which a person looks at."""
        return cash == self.entry.effect.receivable

    def may_be_another(self, at: datetime) -> bool:
        """Whether a dividend of that moment and another amount is one that was taken back, as it was paid."""
        return any(is_in_its_days(each, at) for each in self.taken_back)

    def told_again(self) -> str:
        """Why the same is not booked beside it."""
        booked = f"{self.action.sentence()} That was announced and is booked (entry {self.entry.entry_id}):"
        if not isinstance(self.action, DividendAnnounced):
            return f"{booked} if it came to something else, reverse that entry first."
        return (
            f"{booked} if it came to something else, reverse that entry first, and its payment goes with it. Another"
            " dividend of these days is announced under its own ex-date; two of one ex-date are both posted, once"
            " that entry is reversed."
        )


def booked_actions(past: Past, announced: Sequence[Announced]) -> list[BookedAction]:
    """Those of the announced actions that are on the books and were not taken back."""
    found = [(each, past.booked_of(each.action_id)) for each in announced]
    gone = [each for each, entry in found if entry is not None and not past.stands(entry)]
    taken_back = tuple(
        not_told_otherwise([each for each in gone if isinstance(each, DividendAnnounced)], past)
    )
    return [
        BookedAction(action, entry, taken_back)
        for action, entry in found
        if entry is not None and past.stands(entry)
    ]
