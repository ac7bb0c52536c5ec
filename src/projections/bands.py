"""Where the bands of positions lie, read from the positions and portfolios as they stand."""

from functools import lru_cache

from domain.bands import BandChange, Braked, Watch, watch
from domain.refusals import Invalid
from domain.settings import Settings, SettingsChange, resolve
from projections import position_sources
from projections.connections import Connections


class Bands:
    """The application's Bands. Inline models are never behind, so neither is this."""

    def __init__(self, pool: Connections) -> None:
        self._pool = pool

    def since(self, number: int) -> tuple[int, list[BandChange]]:
        """See application.ports.Bands."""
        with self._pool.connection() as connection:
            found = position_sources.changed_since(connection, number)
        changes = [_change(each) for each in found]
        return max((each.event_number for each in found), default=number), changes


def _change(found: position_sources.Changed) -> BandChange:
    position, portfolio = found.position, found.portfolio
    return BandChange(
        feed=portfolio.feed,
        listing_id=position.listing_id,
        position_id=position.id,
        watch=_watch(found) if position.status == "active" and not portfolio.frozen else None,
        braked=_braked(found),
    )


def _braked(found: position_sources.Changed) -> Braked | None:
    """The portfolio, when it or an open position of it sets a limit for the day's loss."""
    position, portfolio = found.position, found.portfolio
    limits = [portfolio.settings.max_daily_loss_pct]
    if position.status != "closed":
        limits.append(position.settings.max_daily_loss_pct)
    if portfolio.frozen or all(limit is None for limit in limits):
        return None
    return Braked(portfolio.id, found.portfolio_version)


def _watch(found: position_sources.Changed) -> Watch | None:
    """None when the portfolio's settings contradict the position's: then nothing can be decided for it."""
    try:
        settings = _in_force(found.portfolio.settings, found.position.settings)
    except Invalid:
        return None
    return watch(found.position, found.version, found.portfolio_version, settings)


def _in_force(portfolio: SettingsChange, position: SettingsChange) -> Settings:
    return _resolved(portfolio.model_dump_json(), position.model_dump_json())


@lru_cache(maxsize=10_000)
def _resolved(portfolio: str, position: str) -> Settings:
    """Resolved once for the thousands of positions that share a handful of settings."""
    return resolve(
        SettingsChange.model_validate_json(portfolio), SettingsChange.model_validate_json(position)
    )
