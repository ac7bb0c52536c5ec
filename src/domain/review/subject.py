"""What an opinion is about."""

from uuid import UUID, uuid5

from domain.events import Value

REVIEWS = UUID("7e4b7f0a-6c0f-5a43-9d5e-2f8f0f7b9c36")
"""The name space in which a review's stream is named for its subject."""


class Subject(Value):
    """A recommendation with the policy that it follows, or without one the policy itself, as a portfolio's draft."""

    portfolio_id: UUID
    policy_hash: str
    recommendation_id: UUID | None = None

    @property
    def review_id(self) -> UUID:
        """The stream of everything that is ever said about it."""
        about = self.recommendation_id or f"{self.portfolio_id}|{self.policy_hash}"
        return uuid5(REVIEWS, str(about))

    def words(self) -> str:
        """How sentences call it."""
        return "the recommendation" if self.recommendation_id else f"the policy {self.policy_hash[:8]}"
