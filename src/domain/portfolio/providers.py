"""The list of a portfolio's providers, which is always set as a whole."""

from collections import Counter
from collections.abc import Sequence

from domain.market_data.providers import Provider
from domain.portfolio.events import ProvidersSet
from domain.portfolio.state import Portfolio
from domain.refusals import Conflict, InvalidFields


def set_providers(state: Portfolio, wanted: Sequence[Provider]) -> list[ProvidersSet]:
    """Ask these from now on, in this order; the same list again is already so.

    Raises InvalidFields for a name that stands twice, and Conflict for a replay, whose prices are its file's.
    """
    if state.clock == "replay":
        raise Conflict("A replay has the prices of its file and asks nobody.")
    times = Counter(each.name for each in wanted)
    errors = [
        (f"providers[{index}].name", f"{each.name} stands twice; each provider needs a name of its own.")
        for index, each in enumerate(wanted)
        if times[each.name] > 1
    ]
    if errors:
        raise InvalidFields(errors)
    if tuple(wanted) == state.providers:
        return []
    return [ProvidersSet(portfolio_id=state.id, currency=state.currency, providers=tuple(wanted))]
