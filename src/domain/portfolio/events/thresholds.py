"""A portfolio's own, tighter thresholds of the gate."""

from typing import ClassVar

from domain.portfolio.events.place import PortfolioEvent
from domain.quality.thresholds import ThresholdsChange


class PortfolioThresholdsSet(PortfolioEvent):
    """What the portfolio wants to be called for before others are: its own thresholds, in place of those before."""

    name: ClassVar[str] = "portfolio.thresholds_set.1"

    thresholds: ThresholdsChange

    def sentence(self) -> str:
        return f"Set the portfolio's own thresholds for prices: {self.thresholds.words()}."
