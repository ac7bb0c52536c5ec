"""Where a portfolio's prices come from."""

from typing import ClassVar

from domain.market_data.providers import Provider
from domain.portfolio.events.place import PortfolioEvent


class ProvidersSet(PortfolioEvent):
    """The whole list, in the order in which they are asked. Their keys are kept elsewhere, sealed."""

    name: ClassVar[str] = "portfolio.providers_set.1"

    providers: tuple[Provider, ...]

    def sentence(self) -> str:
        if not self.providers:
            return "Prices come from no provider any more."
        return f"Prices come from {', then '.join(each.name for each in self.providers)}."
