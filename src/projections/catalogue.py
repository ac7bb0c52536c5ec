"""Every read model there is, in the order in which they are written and rebuilt."""

from projections import (
    actions,
    alerts,
    balances,
    constituents,
    executions,
    exports,
    freezes,
    gate_rules,
    imports,
    instruments,
    journal,
    listings,
    measures,
    members,
    notifications,
    orders,
    own_actions,
    policies,
    portfolios,
    positions,
    recommendations,
    reviews,
    run_ends,
    runs,
    schedules,
    streams,
    timeline,
    triggers,
)
from projections.read_model import ReadModel

READ_MODELS: tuple[ReadModel, ...] = (
    streams.READ_MODEL,
    instruments.READ_MODEL,
    listings.READ_MODEL,
    gate_rules.READ_MODEL,
    actions.READ_MODEL,
    portfolios.READ_MODEL,
    members.READ_MODEL,
    policies.READ_MODEL,
    recommendations.READ_MODEL,
    reviews.READ_MODEL,
    triggers.READ_MODEL,
    constituents.READ_MODEL,
    positions.READ_MODEL,
    orders.READ_MODEL,
    executions.READ_MODEL,
    alerts.READ_MODEL,
    freezes.READ_MODEL,
    run_ends.READ_MODEL,
    runs.READ_MODEL,
    exports.READ_MODEL,
    schedules.READ_MODEL,
    journal.READ_MODEL,
    imports.READ_MODEL,
    own_actions.READ_MODEL,
    balances.HOLDINGS_MODEL,
    balances.CASH_MODEL,
    timeline.READ_MODEL,
    measures.READ_MODEL,
    notifications.READ_MODEL,
)

INLINE = tuple(model for model in READ_MODELS if model.kind == "inline")
FOLLOWING = tuple(model for model in READ_MODELS if model.kind == "following")


BY_NAME = {model.name: model for model in READ_MODELS}
