"""The routers, one for each subject of API.md."""

from api.http.routes import (
    actions,
    alerts,
    brake,
    brokers,
    callback,
    constituents,
    evaluate,
    events,
    health,
    listings,
    metrics,
    notifications,
    orders,
    page,
    portfolios,
    positions,
    prices,
    runs,
)

# Routes are tried one after the other: what is asked most comes first.
ROUTERS = (
    positions.router,
    prices.router,
    evaluate.router,
    events.router,
    callback.router,
    portfolios.router,
    brokers.router,
    constituents.router,
    brake.router,
    orders.router,
    alerts.router,
    notifications.router,
    runs.router,
    listings.router,
    actions.router,
    metrics.router,
    health.router,
    page.router,
)
