"""Overrides of values that have defaults: what was given counts, what was left out is inherited."""

from decimal import Decimal
from typing import Any, Self

from pydantic import SerializerFunctionWrapHandler, model_serializer

from domain.events import Value
from domain.numbers import shortest


class Overrides(Value):
    """Fields that may each be given or not; only those that were given are compared, written, and laid over others."""

    @model_serializer(mode="wrap")
    def _only_what_was_given(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        return {name: value for name, value in serialize(self).items() if name in self.model_fields_set}

    def __eq__(self, other: object) -> bool:
        # "Off" and "not given" may hold the same null and are not the same override.
        return isinstance(other, type(self)) and self.given() == other.given()

    def __hash__(self) -> int:
        return hash(tuple(self.given().items()))

    def given(self) -> dict[str, Any]:
        """The overrides by name, in the order of the table."""
        if not self.model_fields_set:
            return {}
        names = [name for name in type(self).model_fields if name in self.model_fields_set]
        return {name: getattr(self, name) for name in names}

    def merged(self, later: Self) -> Self:
        """These overrides with ``later`` laid over them."""
        return type(self)(**(self.given() | later.given()))

    def words(self) -> str:
        """The overrides as a sentence lists them: ``tau 0.05, fractional on``."""
        return ", ".join(f"{name} {_spoken(value)}" for name, value in self.given().items()) or "nothing"


def _spoken(value: object) -> str:
    match value:
        case None | False:
            return "off"
        case True:
            return "on"
        case Decimal():
            return shortest(value)
        case _:
            return str(value)
