"""``ballast user``: who may sign in, kept by whoever has the machine."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Annotated

import typer
from pydantic import SecretStr

from api.cli.failure import Failure
from api.cli.opening import opened
from api.cli.options import Data, Json
from api.configuration import Configuration
from api.logs import configure
from api.wiring import House
from application.ledger import Cause
from application.ports.access import Account
from domain.access.person import LOCAL

user = typer.Typer(help="Who may sign in.", no_args_is_help=True)

REFUSED = 2
NAME_CHARACTERS_MAX = 64
PASS_LASTS = timedelta(minutes=10)

Name = Annotated[str, typer.Argument(help="What the person signs in as.")]


@user.command("add")
def add(
    name: Name,
    adopt_local: Annotated[
        bool,
        typer.Option(
            "--adopt-local",
            help="The account of the person at this machine, with everything that was opened without sign-in.",
        ),
    ] = False,
    subject: Annotated[
        str | None, typer.Option(help="What the issuer calls the person, who then needs no password here.")
    ] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add an account. The password is asked for twice, or read from standard input."""
    _require_name(name)
    if subject is not None:
        account = _add_of_issuer(name, subject, data, is_local=adopt_local)
    else:
        password = _password()
        with _house(data) as house:
            account = house.keep_accounts.add(name, password, is_local=adopt_local)
    _print(account, f"{account.name} may sign in, as {account.user_id}.", as_json=as_json)


@user.command("reset")
def reset(
    name: Name,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="Remove the second factor too, for who lost the device.")
    ] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give an account another password, and end whatever lets anybody in as its person: sign-ins and tokens."""
    password = _password()
    with _house(data) as house:
        account = house.keep_accounts.reset(name, password, second_factor=second_factor)
    _print(account, f"{account.name} has another password; sign-ins and tokens have ended.", as_json=as_json)


@user.command("revoke")
def revoke(name: Name, data: Data = None, as_json: Json = False) -> None:
    """End every sign-in of a person, and remove every token; the password stays."""
    with _house(data) as house:
        account = house.keep_accounts.known(name)
        sign_ins, tokens = house.keep_accounts.revoke(account)
    _print(
        account,
        f"{sign_ins} sign-ins of {account.name} have ended, {tokens} tokens are gone.",
        as_json=as_json,
        sign_ins=sign_ins,
        tokens=tokens,
    )


@user.command("pass")
def give_pass(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Print an address that makes a browser known as one of a person's, for who is kept out by strangers' tries.

    Whoever opens it within ten minutes still needs the password.
    """
    settings = Configuration()
    origin = settings.public_url or f"http://{settings.host}:{settings.port}"
    with _house(data) as house:
        account = house.keep_accounts.known(name)
        browser_pass = house.browser_seals.new_pass(account.name, house.ledger.clock() + PASS_LASTS)
    address = f"{origin}/auth/browser/{browser_pass}"
    _print(
        account,
        f"Open this within ten minutes, in the browser to sign in with:\n{address}",
        as_json=as_json,
        address=address,
    )


@user.command("delete")
def delete(name: Name, data: Data = None, as_json: Json = False) -> None:
    """Delete an account and everything that says who it was. What it owns is frozen and loses its broker keys."""
    with _house(data) as house:
        account = house.keep_accounts.known(name)
        cause = Cause(actor=LOCAL, correlation_id=house.ledger.new_id())
        frozen = [str(each.portfolio.id) for each in house.leave(cause, account)]
    told = f"The account {account.name} is gone; {len(frozen)} portfolios of it are frozen."
    _print(account, told, as_json=as_json, frozen=frozen)


@user.command("list")
def show(data: Data = None, as_json: Json = False) -> None:
    """Show every account."""
    with _house(data) as house:
        accounts = house.accounts.all()
    if as_json:
        print(json.dumps([_json(account) for account in accounts]))
        return
    for account in accounts:
        print(f"{account.user_id}  {account.name}")
    if not accounts:
        print("Nobody may sign in yet: ballast user add NAME")


def _add_of_issuer(name: str, subject: str, data: Data, *, is_local: bool) -> Account:
    issuer = Configuration().issuer()
    if issuer is None:
        raise Failure("A subject is an issuer's name for somebody; set BALLAST_AUTH=oidc first.", REFUSED)
    with _house(data) as house:
        return house.keep_accounts.add_of_issuer(name, issuer.client.issuer, subject, is_local=is_local)


@contextmanager
def _house(data: Data) -> Iterator[House]:
    configure("WARNING")
    with opened(data, "ballast user") as (house, _):
        yield house


def _require_name(name: str) -> None:
    if not name.isprintable() or name != name.strip() or not 0 < len(name) <= NAME_CHARACTERS_MAX:
        raise Failure(
            f"A name is 1 to {NAME_CHARACTERS_MAX} letters, neither beginning nor ending with a space.",
            REFUSED,
        )


def _password() -> SecretStr:
    """A password that no screen shows and no command line holds, where others could read it."""
    if not sys.stdin.isatty():
        return SecretStr(sys.stdin.readline().rstrip("\r\n"))
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Once more: "):
        raise Failure("The two are not the same; nothing was changed.", REFUSED)
    return SecretStr(password)


def _print(account: Account, sentence: str, *, as_json: bool, **also: object) -> None:
    print(json.dumps(_json(account) | also) if as_json else sentence)


def _json(account: Account) -> dict[str, object]:
    return {"id": account.user_id, "name": account.name}
