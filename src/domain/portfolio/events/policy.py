"""The strategy that a portfolio follows: drafted, then approved by a person, then retired by the next one."""

from typing import ClassVar

from domain.events import Value
from domain.portfolio.events.place import PortfolioEvent


class PolicyRef(Value):
    """A policy and its manifesto, each by the SHA-256 of its content; the texts are archived under these.

    ``version`` is what the author calls it. The manifesto's hash is null where there is none.
    """

    policy_hash: str
    manifesto_hash: str | None
    version: str

    def words(self) -> str:
        """How sentences name it: by its version and the first digits of its hash."""
        return f"{self.version} ({self.policy_hash[:8]})"


class PolicyDrafted(PortfolioEvent):
    """A policy was put forward; it decides nothing before it is approved."""

    name: ClassVar[str] = "portfolio.policy_drafted.1"

    policy: PolicyRef

    def sentence(self) -> str:
        return f"Drafted the policy {self.policy.words()}."


class PolicyActivated(PortfolioEvent):
    """A person approved the draft; runs follow it from now on."""

    name: ClassVar[str] = "portfolio.policy_activated.1"

    policy: PolicyRef

    def sentence(self) -> str:
        return f"Approved the policy {self.policy.words()}; runs follow it from now on."


class PolicyRetired(PortfolioEvent):
    """Another policy took its place."""

    name: ClassVar[str] = "portfolio.policy_retired.1"

    policy: PolicyRef

    def sentence(self) -> str:
        return f"Retired the policy {self.policy.words()}."
