"""What every answer has in common: its numbers, its moments, pages, and problems."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from domain.numbers import PLAIN_DECIMAL

T = TypeVar("T")

Number = Annotated[
    str,
    Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$"),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": f"^{PLAIN_DECIMAL.pattern}$"}),
]
Moment = Annotated[
    str,
    Field(pattern=r"^[0-9-]{10}T[0-9:.]{15}Z$"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]

Day = Annotated[
    str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), WithJsonSchema({"type": "string", "format": "date"})
]


class Answer(BaseModel):
    """An answer's shape: nothing is left out and nothing comes in addition."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(Answer, Generic[T]):
    """A page of a list; ``next`` is the ``after`` of the next page, null on the last."""

    items: list[T]
    next: str | None


class FieldProblem(Answer):
    field: str
    detail: str


class ProblemDocument(BaseModel):
    """RFC 9457: why a request was refused. ``type`` is stable. ``auth`` stands in 401s: how one signs in here."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None
    auth: Literal["password", "oidc"] | None = None
