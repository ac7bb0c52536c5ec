"""What a comparison with a broker finds: what keeps orders back, and what only wants to be known."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from application.alerts import Concern
from application.reconciliation.books import OurHolding
from domain.alert import Severity
from domain.money import ZERO, minor_unit
from domain.numbers import plain, shortest
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, NotYet

BROKER_SILENT = "broker_silent"
FEES_UNBOOKED_MAX = Decimal(1)  # in the portfolio's currency: fees of a few cents on each sale


@dataclass(slots=True)
class Findings:
    """It is clean when no ``differences`` are left after adopting; ``warnings`` keep nothing back."""

    RULES: ClassVar[Sequence[str]] = (
        BROKER_SILENT,
        "order_missing",
        "order_stray",
        "external_trade",
        "execution_unbookable",
        "holding_differs",
        "cash_differs",
    )

    adopted: int = 0
    orders: int = 0
    holdings: int = 0
    differences: list[Concern] = field(default_factory=list)
    warnings: list[Concern] = field(default_factory=list)
    positions_that_differ: list[UUID] = field(default_factory=list)

    @property
    def is_silent(self) -> bool:
        """Whether the broker gave no usable answer, so that nothing was compared."""
        return any(concern.rule == BROKER_SILENT for concern in self.differences)

    @property
    def clean(self) -> bool:
        """Whether orders may leave."""
        return not self.differences

    @property
    def all(self) -> Sequence[Concern]:
        """Everything that a person is told."""
        return (*self.differences, *self.warnings)


def concern(
    portfolio: Portfolio,
    listing_id: UUID | None,
    rule: str,
    message: str,
    *,
    severity: Severity = "CRITICAL",
    observed: str | None = None,
    expected: str | None = None,
) -> Concern:
    """Something that differs; ``observed`` is the broker's value, ``expected`` the books'."""
    return Concern(portfolio.id, listing_id, rule, severity, message, observed, expected)


def silent(portfolio: Portfolio, why: str) -> Concern:
    """The broker gave no usable answer."""
    return concern(portfolio, None, BROKER_SILENT, f"The broker could not be asked: {why.rstrip('.')}.")


@contextmanager
def finding(
    findings: Findings, portfolio: Portfolio, listing_id: UUID | None = None, observed: str | None = None
) -> Iterator[None]:
    """What the broker says and the ``with`` block cannot book is a difference, and no reason to leave out the rest.

    The rest may be just what it lacked: shares that somebody bought at the broker, and that were sold again.
    """
    try:
        yield
    except (Conflict, NotYet) as refusal:
        said = concern(portfolio, listing_id, "execution_unbookable", str(refusal), observed=observed)
        findings.differences.append(said)


def holding_differences(
    portfolio: Portfolio, ours: Sequence[OurHolding], theirs: Mapping[str, Decimal], findings: Findings
) -> None:
    """Compare holdings. What a position trades must agree to the share; the rest is only said."""
    findings.holdings = len(ours)
    for holding in ours:
        if holding.symbol is None:
            continue
        there = theirs.get(holding.symbol, ZERO)
        if there == holding.quantity:
            continue
        traded = holding.position_id is not None
        findings.positions_that_differ += [holding.position_id] if holding.position_id else []
        here, told = shortest(holding.quantity), shortest(there)
        found = concern(
            portfolio,
            holding.listing_id,
            "holding_differs",
            f"The broker holds {told} {holding.symbol}, the books hold {here}.",
            severity="CRITICAL" if traded else "WARN",
            observed=plain(there),
            expected=plain(holding.quantity),
        )
        (findings.differences if traded else findings.warnings).append(found)
    strangers = sorted(set(theirs) - {holding.symbol for holding in ours})
    if strangers:
        names = ", ".join(strangers)
        message = f"The broker holds what the books do not know: {names}."
        findings.warnings.append(
            concern(portfolio, None, "holding_differs", message, severity="WARN", observed=names)
        )


def cash_difference(portfolio: Portfolio, ours: Decimal, theirs: Decimal, findings: Findings) -> None:
    """Compare cash. Less than on the books keeps orders back; more is only said: a deposit, or interest.

    So is being short by what exchanges' fees come to until somebody books them.
    """
    if abs(theirs - ours) < minor_unit(portfolio.currency):
        return
    short = ours - theirs > FEES_UNBOOKED_MAX
    found = concern(
        portfolio,
        None,
        "cash_differs",
        f"The broker has {plain(theirs)} {portfolio.currency}, the books have {plain(ours)}.",
        severity="CRITICAL" if short else "WARN",
        observed=plain(theirs),
        expected=plain(ours),
    )
    (findings.differences if short else findings.warnings).append(found)
