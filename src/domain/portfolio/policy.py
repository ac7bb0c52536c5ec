"""Draft and approve a portfolio's policy (DOMAIN §7)."""

from domain.portfolio.events import (
    AnyPortfolioEvent,
    PolicyActivated,
    PolicyDrafted,
    PolicyRef,
    PolicyRetired,
)
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict


def draft(state: Portfolio, wanted: PolicyRef) -> list[AnyPortfolioEvent]:
    """Put a policy forward in place of an earlier draft; the same draft again, or what is active, is already so."""
    if wanted == state.draft or (state.draft is None and wanted == state.policy):
        return []
    return [PolicyDrafted(portfolio_id=state.id, currency=state.currency, policy=wanted)]


def approve(state: Portfolio, policy_hash: str | None) -> list[AnyPortfolioEvent]:
    """Make the draft what runs follow. A hash says what was read: another draft since is a conflict."""
    if state.draft is None:
        if state.policy is not None and policy_hash == state.policy.policy_hash:
            return []
        raise Conflict("There is no draft to approve.")
    if policy_hash not in (None, state.draft.policy_hash):
        raise Conflict(f"The draft is another by now: {state.draft.words()}. Read it, then approve that.")
    events: list[AnyPortfolioEvent] = []
    if state.policy is not None:
        events.append(PolicyRetired(portfolio_id=state.id, currency=state.currency, policy=state.policy))
    return [*events, PolicyActivated(portfolio_id=state.id, currency=state.currency, policy=state.draft)]
