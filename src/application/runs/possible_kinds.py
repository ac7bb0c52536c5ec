"""Which kinds of run a portfolio can have, told from what a person wrote."""

from collections.abc import Container

from domain.refusals import Invalid
from domain.runs.kinds import PORTFOLIO_KINDS, PortfolioKind, in_words


def possible_kind(kind: str, works: Container[str]) -> PortfolioKind:
    """The kind of this name. Raises Invalid for one that there is not, or that nothing here can carry out yet."""
    for known in PORTFOLIO_KINDS:
        if known == kind and kind in works:
            return known
        if known == kind:
            raise Invalid("kind", f"Ballast cannot do a {in_words(kind)} yet.")
    possible = ", ".join(each for each in PORTFOLIO_KINDS if each in works)
    raise Invalid("kind", f"A portfolio has no runs of this kind; it has {possible}.")
