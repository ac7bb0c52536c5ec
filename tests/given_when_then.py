"""The language that deciders are tested in: given what happened, when a rule is asked, then this follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import pytest

from domain.events import Event
from domain.refusals import Refusal

S = TypeVar("S")


@dataclass(frozen=True)
class Decider(Generic[S]):
    """A kind of stream, as its fold."""

    evolve: Callable[[S | None, Any], S]

    def given(self, *events: Event) -> "Given[S]":
        """The state after these events."""
        state: S | None = None
        for event in events:
            state = self.evolve(state, event)
        assert state is not None, "a stream begins with an event"
        return Given(self, state)


@dataclass(frozen=True)
class Given(Generic[S]):
    """A state, waiting for a command."""

    decider: Decider[S]
    state: S

    def when(self, rule: Callable[[S], Sequence[Event]]) -> "When[S]":
        """Ask a rule; nothing is checked yet."""
        return When(self, rule)


@dataclass(frozen=True)
class When(Generic[S]):
    """A command put to a state."""

    given: Given[S]
    rule: Callable[[S], Sequence[Event]]

    def then(self, *expected: Event) -> Given[S]:
        """Exactly these events follow; answers the state after them, for the next command."""
        happened = self.rule(self.given.state)
        assert list(happened) == list(expected)
        return self._after(happened)

    def then_kinds(self, *expected: type[Event]) -> Given[S]:
        """Events of exactly these types follow; answers the state after them."""
        happened = self.rule(self.given.state)
        assert [type(event) for event in happened] == list(expected)
        return self._after(happened)

    def then_nothing(self) -> Given[S]:
        """It is already so."""
        return self.then()

    def then_refused(self, refusal: type[Refusal], saying: str) -> None:
        """The command is illegal, with this in its sentence."""
        with pytest.raises(refusal, match=saying):
            self.rule(self.given.state)

    def _after(self, happened: Sequence[Event]) -> Given[S]:
        state = self.given.state
        for event in happened:
            state = self.given.decider.evolve(state, event)
        return Given(self.given.decider, state)
