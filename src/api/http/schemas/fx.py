"""Exchange rates."""

from api.http.schemas.answer import Answer, Moment, Number


class FxRate(Answer):
    """What one unit of ``base`` costs in ``quote``; ``quarantined`` names the rule that stopped it."""

    base: str
    quote: str
    as_of: Moment
    source: str
    rate: Number
    quarantined: str | None


class FxFinding(Answer):
    """A rate that the gate stopped, and why."""

    base: str
    quote: str
    as_of: Moment
    rate: Number
    rule: str
    severity: str
    observed: str
    expected: str


class FxTaken(Answer):
    """``quarantined`` rates are kept and convert nothing, ``rejected`` ones cannot be rates."""

    accepted: int
    duplicates: int
    quarantined: list[FxFinding]
    rejected: list[FxFinding]
