"""The routers, one for each subject of API.md."""

from api.http.routes import (
    callback,
    evaluate,
    events,
    health,
    listings,
    metrics,
    orders,
    page,
    portfolios,
    positions,
    prices,
)

ROUTERS = (
    page.router,
    health.router,
    listings.router,
    portfolios.router,
    positions.router,
    evaluate.router,
    prices.router,
    callback.router,
    orders.router,
    events.router,
    metrics.router,
)
