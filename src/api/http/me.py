"""Who asks, as an answer."""

from typing import Literal

from api.http.answers import encode, moment
from application.ports.access import LOCAL, Account
from domain.access.sign_in import PROOF, SignIn
from domain.access.token import Scope

Auth = Literal["open", "password", "oidc"]


def at_this_machine(account: Account | None) -> bytes:
    """The person at this machine, who may have a name by now."""
    return _told("open", LOCAL if account is None else account.name, LOCAL, "machine")


def signed_in(auth: Auth, account: Account, sign_in: SignIn, *, second_factor: bool) -> bytes:
    """A person who has signed in."""
    return _told(auth, account.name, account.user_id, "sign_in", sign_in=sign_in, second_factor=second_factor)


def by_token(auth: Auth, account: Account, scope: Scope, *, second_factor: bool) -> bytes:
    """A program of a person's."""
    return _told(auth, account.name, account.user_id, "token", scope=scope, second_factor=second_factor)


def _told(
    auth: Auth,
    name: str,
    user_id: str,
    via: Literal["machine", "sign_in", "token"],
    *,
    scope: Scope = "trade",
    sign_in: SignIn | None = None,
    second_factor: bool = False,
) -> bytes:
    return encode(
        {
            "auth": auth,
            "id": user_id,
            "name": name,
            "via": via,
            "scope": scope,
            "ends_at": moment(sign_in.ends_at if sign_in else None),
            "proven_until": moment(sign_in.proven_at + PROOF if sign_in else None),
            "second_factor": second_factor,
        }
    )
