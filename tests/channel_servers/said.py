"""A fake of every service there is: it notes what it is sent, and takes it or does not, as a test wants."""

from dataclasses import dataclass, field

from pydantic import SecretStr

from adapters.notifiers.schemes import scheme_of
from domain.notifications.message import Message


@dataclass
class Services:
    """The application's Sender."""

    problem: str | None = None
    said: list[tuple[str, Message]] = field(default_factory=list)

    def scheme(self, url: SecretStr) -> str:
        """How an address begins."""
        return scheme_of(url.get_secret_value())

    def objection(self, url: SecretStr) -> str | None:
        """Any address will do, but one."""
        return "This is no address." if "nonsense" in url.get_secret_value() else None

    def send(self, url: SecretStr, message: Message) -> str | None:
        """Note what is sent where, also when it is not taken."""
        self.said.append((url.get_secret_value(), message))
        return self.problem

    def titles(self) -> list[str]:
        """What was sent, and forget it."""
        titles = [message.title.removeprefix("Ballast: ") for _, message in self.said]
        self.said.clear()
        return titles
