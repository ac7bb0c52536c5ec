"""A portfolio: how it opens, its name and its settings."""

from typing import ClassVar, Literal

from domain.portfolio.events.broker import BrokerChoice
from domain.portfolio.events.place import PortfolioEvent
from domain.settings import SettingsChange

Mode = Literal["automatic", "advisory"]
Clock = Literal["live", "replay"]


class PortfolioOpened(PortfolioEvent):
    name: ClassVar[str] = "portfolio.opened.1"

    owner: str
    title: str
    mode: Mode
    clock: Clock
    broker: BrokerChoice
    settings: SettingsChange

    def sentence(self) -> str:
        kind = "a replay" if self.clock == "replay" else f"an {self.mode}, {self.broker.kind}"
        return f"Opened {self.title}: {kind} portfolio in {self.currency}."


class PortfolioRenamed(PortfolioEvent):
    name: ClassVar[str] = "portfolio.renamed.1"

    title: str

    def sentence(self) -> str:
        return f"Renamed the portfolio to {self.title}."


class PortfolioSettingsChanged(PortfolioEvent):
    name: ClassVar[str] = "portfolio.settings_changed.1"

    settings: SettingsChange

    def sentence(self) -> str:
        return f"Changed the portfolio's settings: {self.settings.words()}."
