"""Dividends of units held outside of positions: owed at the ex-date, paid on their day (DOMAIN §5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from domain.actions import DividendAnnounced, MergerAnnounced, SplitAnnounced
from domain.money import ZERO, round_to_minor_unit
from domain.numbers import exactly, shortest
from domain.portfolio.events import EntryPosted
from domain.portfolio.own_actions import Past, effect_of, entry_of
from domain.portfolio.state import Portfolio
from domain.portfolio.untold import is_of_action
from domain.settings import Settings

PAID_WITHIN = timedelta(days=10)
"""How long after the pay-date a dividend that somebody books by itself is taken for the announced one."""


def is_in_its_days(dividend: DividendAnnounced, at: datetime) -> bool:
    """Whether an entry of this moment may be about a dividend."""
    return dividend.effective_at <= at <= dividend.payable_at + PAID_WITHIN


def is_over(dividend: DividendAnnounced, now: datetime) -> bool:
    """Whether its days are over: what the books have of it by now, perhaps as cash set right, only a person knows."""
    return now > dividend.payable_at + PAID_WITHIN


@dataclass(frozen=True, slots=True)
class Owed:
    """What a dividend comes to for units that were held at the close before it, in the portfolio's currency."""

    dividend: DividendAnnounced
    gross: Decimal
    tax: Decimal

    @classmethod
    @exactly
    def of(cls, dividend: DividendAnnounced, held: Decimal, settings: Settings, currency: str) -> "Owed":
        """Of ``held`` units. Without a rate of its own the tax is that of the settings."""
        rate = settings.withholding if dividend.withholding_rate is None else dividend.withholding_rate
        gross = round_to_minor_unit(held * dividend.per_share, currency)
        return cls(dividend, gross, round_to_minor_unit(gross * rate, currency))

    @property
    @exactly
    def net(self) -> Decimal:
        """What is left after tax."""
        return self.gross - self.tax

    @exactly
    def is_said_by(self, entry: EntryPosted) -> bool:
        """Whether an entry says as much, before tax or, as files often do, after it."""
        effect = entry.effect
        return effect.income == self.gross or effect.income - effect.tax == self.net


def told_by(owed: Sequence[Owed], past: Past) -> Mapping[UUID, EntryPosted]:
    """Which of some dividends somebody has booked for as much as they come to: each by an entry of its own."""
    found: dict[UUID, EntryPosted] = {}
    for at, entry in _told(past):
        for each in owed:
            of = each.dividend
            if of.action_id not in found and is_in_its_days(of, at) and each.is_said_by(entry):
                found[of.action_id] = entry
                break
    return found


def told_in_days_of(dividend: DividendAnnounced, past: Past) -> list[EntryPosted]:
    """The dividends that somebody has booked in the days of one."""
    return [entry for at, entry in _told(past) if is_in_its_days(dividend, at)]


def unknown_in_days_of(
    dividend: DividendAnnounced, known: Mapping[UUID, EntryPosted], past: Past
) -> EntryPosted | None:
    """One that says as much as no announcement. It may be this dividend, with another tax or another rate, or one
    that nobody has announced: only a person knows.
    """
    return next((e for e in told_in_days_of(dividend, past) if e not in known.values()), None)


def not_told_otherwise(taken_back: Sequence[DividendAnnounced], past: Past) -> list[DividendAnnounced]:
    """Those of some dividends, whose entries were taken back, in whose days nobody has booked one for them since."""
    waiting = list(taken_back)
    for at, _ in _told(past):
        answered = next((each for each in waiting if is_in_its_days(each, at)), None)
        if answered is not None:
            waiting.remove(answered)
    return waiting


def _told(past: Past) -> list[tuple[datetime, EntryPosted]]:
    """The dividends of a listing that somebody has booked, other than by announcing them."""
    return [
        (at, each)
        for at, each in past.standing
        if isinstance(each, EntryPosted) and each.kind == "dividend" and not is_of_action(each)
    ]


def doubt(owed: Owed, entry: EntryPosted) -> str:
    """What a person is asked of a dividend that an entry may be about."""
    said = round_to_minor_unit(entry.effect.income, entry.currency)
    comes_to = f"{owed.gross} {entry.currency} before tax, {owed.net} after"
    return (
        f"{owed.dividend.sentence()} That comes to {comes_to}, and is not booked: the books have a dividend of"
        f" {said} of these days (entry {entry.entry_id}), which may be the same. If it is not, post"
        " this one too."
    )


def overtaken(
    dividend: DividendAnnounced, entry: EntryPosted, by: SplitAnnounced | MergerAnnounced, units: Decimal
) -> str:
    """What a person is told of a dividend that was booked before an action was heard of that moved units earlier."""
    kind = "split" if isinstance(by, SplitAnnounced) else "merger"
    moved = f"{shortest(abs(units))} {'more' if units > 0 else 'fewer'}"
    return (
        f"{dividend.sentence()} It was booked (entry {entry.entry_id}) before a {kind} was heard of by which"
        f" {moved} were held: reverse that entry, and post what was paid."
    )


def accrue(state: Portfolio, owed: Owed, ids: tuple[UUID, UUID]) -> EntryPosted | None:
    """Owe a dividend; None for nothing."""
    if owed.gross <= ZERO:
        return None
    effect = effect_of(receivable=owed.net, tax=owed.tax, income=owed.gross)
    return entry_of(state, owed.dividend, ids, effect, "dividend")


def pay(
    state: Portfolio, dividend: DividendAnnounced, accrued: EntryPosted, ids: tuple[UUID, UUID]
) -> EntryPosted:
    """Pay what is owed of a dividend."""
    net = accrued.effect.receivable or ZERO
    return entry_of(state, dividend, ids, effect_of(cash=net, receivable=-net), "dividend", paid=True)
