"""Tokens for a person's own programs: made, listed, removed. A secret is told once."""

from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field, SecretStr

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment
from api.http.asked import TheHouse
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body, Label
from api.http.schemas.access import Token, TokenGone
from api.http.schemas.answer import Page
from api.http.signed_in import InPerson, Proven, TheCallers
from api.http.strict_request import StrictRoute
from application.access.tokens import Made
from domain.access.token import DAYS_DEFAULT, DAYS_MAX, PersonalToken, Scope

router = APIRouter(prefix="/auth/tokens", tags=["sign-in"], route_class=StrictRoute)


CREATED = 201


class NewToken(Body):
    """``read`` sees everything and changes nothing; ``trade`` may do what its person may, but for what wants them."""

    name: Label
    scope: Scope
    expires_in_days: Annotated[int, Field(strict=True, ge=1, le=DAYS_MAX)] = DAYS_DEFAULT


@router.post(
    "",
    status_code=CREATED,
    responses=answers(Token, CREATED),
    response_model=None,
    dependencies=[Proven],
)
def make(house: TheHouse, caller: InPerson, command: ACommand, body: NewToken) -> Response:
    """Make a token. Its secret stands in this answer and nowhere else."""

    def told(made: Made, *, with_secret: bool) -> bytes:
        return encode(_json(made.token, made.secret if with_secret else None))

    return command.run(
        lambda cause: house.keep_tokens.make(
            cause, caller.user_id, body.name, body.scope, body.expires_in_days
        ),
        partial(told, with_secret=True),
        CREATED,
        remember=partial(told, with_secret=False),
    )


@router.get("", responses=answers(Page[Token]), response_model=None)
def get(house: TheHouse, principal: Principal) -> Response:
    """One's own tokens, also those that are over."""
    items = [_json(token, None) for token in house.personal_tokens.of(principal)]
    return json_answer(encode({"items": items, "next": None}))


@router.delete("/{token_id}", responses=answers(TokenGone), response_model=None)
def remove(
    house: TheHouse, principal: Principal, callers: TheCallers, command: ACommand, token_id: UUID
) -> Response:
    """Remove a token; it lets nobody in any more."""
    answer = command.run(
        lambda cause: house.keep_tokens.remove(cause, principal, token_id),
        lambda gone: encode({"id": str(gone)}),
    )
    callers.forget()
    return answer


def _json(token: PersonalToken, secret: SecretStr | None) -> dict[str, object]:
    return {
        "id": str(token.id),
        "name": token.name,
        "scope": token.scope,
        "made_at": moment(token.made_at),
        "expires_at": moment(token.expires_at),
        "last_used_at": moment(token.last_used_at),
        "secret": None if secret is None else secret.get_secret_value(),
    }
