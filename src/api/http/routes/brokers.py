"""A portfolio's broker: connect it, take its keys away, renew the secret of its callbacks. Keys only ever go in."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import AfterValidator, Field, SecretStr

from api.http.answers import encode
from api.http.asked import OwnPortfolio, TheHouse
from api.http.callback_accounts import CallbackAccounts
from api.http.commands import ACommand, Command
from api.http.documents import answers
from api.http.fields import Body
from api.http.problems import invalid
from api.http.schemas.brokers import BrokerConnection
from api.http.signed_in import Proven
from api.http.strict_request import StrictRoute
from application.connect_broker import Connected, Wanted
from application.ledger import Cause, Outcome
from application.ports.broker import Credentials
from domain.portfolio.events import BrokerChoice, BrokerKind, Environment

router = APIRouter(prefix="/portfolios/{portfolio_id}/broker", tags=["portfolios"], route_class=StrictRoute)


def _visible(secret: SecretStr) -> SecretStr:
    if not all("!" <= letter <= "~" for letter in secret.get_secret_value()):
        raise ValueError("must be visible ASCII characters without spaces")
    return secret


Secret = Annotated[SecretStr, Field(min_length=1, max_length=200), AfterValidator(_visible)]
Account = Annotated[str, Field(strict=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")]


class KeyPair(Body):
    """Write-only: no answer shows it."""

    key_id: Secret
    secret_key: Secret


class NewBroker(BrokerChoice):
    """Where orders go from now on. The paper broker has manners, a real one an environment and credentials.

    ``confirmation`` is the portfolio's name, typed by the person who lets it trade real money.
    """

    kind: BrokerKind
    account: Account | None = None
    credentials: KeyPair | None = None
    confirmation: Annotated[str, Field(max_length=200, strict=True)] | None = None


@router.put("", responses=answers(BrokerConnection), response_model=None, dependencies=[Proven])
def connect(
    house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: NewBroker, request: Request
) -> Response:
    """Connect the portfolio to a broker, or give it other keys; those before are forgotten.

    Where people sign in, they have proven who they are within five minutes: by signing in, or by `POST /auth/proof`.
    Keys are tried at the broker first. From paper to real money takes the typed confirmation and begins frozen. A
    restored Ballast goes nowhere but to a real account: one that it left would never be compared.
    """
    if body.kind == "paper":
        manners = _manners(body)
        house.restored.require()
        return _run(command, request, lambda c: house.connect_broker.use_paper(c, portfolio_id, manners))
    wanted = _wanted(body, body.kind)
    return _run(command, request, lambda c: house.connect_broker.connect(c, portfolio_id, wanted))


@router.delete("", responses=answers(BrokerConnection), response_model=None)
def disconnect(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, request: Request) -> Response:
    """Forget the keys and return to paper; not while a restored Ballast waits for that account to be compared."""
    house.restored.require()
    return _run(command, request, lambda c: house.connect_broker.disconnect(c, portfolio_id))


@router.post(
    "/callback-secret", responses=answers(BrokerConnection), response_model=None, dependencies=[Proven]
)
def rotate_callback_secret(
    house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, request: Request
) -> Response:
    """Make another callback secret, told here and never again; the one before counts for 24 hours more."""
    return _run(command, request, lambda c: house.connect_broker.rotate_callback_secret(c, portfolio_id))


def _run(command: Command, request: Request, do: Callable[[Cause], Outcome[Connected]]) -> Response:
    def told(connected: Connected, secret: SecretStr | None) -> bytes:
        account = connected.account
        whose = "" if account.kind == "paper" else f"/{account.portfolio_id}"
        return encode(
            {
                "kind": account.kind,
                "environment": account.environment,
                "account": account.account,
                "callback_url": f"{request.base_url}orders/callback{whose}",
                "callback_secret": secret and secret.get_secret_value(),
            }
        )

    def done(cause: Cause) -> Outcome[Connected]:
        outcome = do(cause)
        callback_accounts: CallbackAccounts = request.app.state.callback_accounts
        callback_accounts.forget(outcome.answer.account.portfolio_id)
        return outcome

    return command.run(
        done,
        lambda connected: told(connected, connected.callback_secret),
        remember=lambda connected: told(connected, None),
    )


REAL_ONLY = ("account", "credentials", "confirmation")
MANNERS = frozenset(BrokerChoice.model_fields) - {"kind", "environment", "account"}


def _manners(body: NewBroker) -> BrokerChoice:
    """The paper broker as the body wants it. Raises Problem 422 for what only a real broker has."""
    wrong = [(name, "The paper broker takes none.") for name in REAL_ONLY if getattr(body, name) is not None]
    if body.environment == "live":
        wrong.insert(0, ("environment", "The paper broker has play money only."))
    if wrong:
        raise invalid(*wrong)
    return BrokerChoice(**{name: getattr(body, name) for name in MANNERS & body.model_fields_set})


def _wanted(body: NewBroker, kind: BrokerKind) -> Wanted:
    """The account as the body wants it. Raises Problem 422 for what is missing, and what only paper has."""
    wrong = [(name, "Only the paper broker has this.") for name in sorted(MANNERS & body.model_fields_set)]
    wrong += [
        (name, f"The {kind} broker needs it.")
        for name in ("environment", "credentials")
        if getattr(body, name) is None
    ]
    environment: Environment | None = body.environment
    keys = body.credentials
    if wrong or environment is None or keys is None:
        raise invalid(*wrong)
    credentials = Credentials(keys.key_id, keys.secret_key)
    return Wanted(kind, environment, body.account, credentials, body.confirmation)
