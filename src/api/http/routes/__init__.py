"""The routers, one for each subject of API.md."""

from api.http.routes import (
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
    prices.router,
    orders.router,
    events.router,
    metrics.router,
)
