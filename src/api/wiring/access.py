"""Who comes in, made of everything below: accounts, sign-ins, tokens."""

import secrets
from functools import cached_property
from uuid import UUID

from adapters.oidc.documents import Published
from adapters.oidc.issuer import OidcIssuer
from adapters.one_time_codes import TotpCodes
from adapters.outbound.client import Outbound
from adapters.passwords import Argon2Passwords
from adapters.postgres.accounts import PostgresAccounts
from adapters.postgres.personal_tokens import PostgresPersonalTokens
from adapters.postgres.second_factors import PostgresSecondFactors
from adapters.postgres.sign_ins import PostgresSignIns
from adapters.redis.tries import RedisTries
from adapters.reviewer.chat_completions import with_home
from adapters.seals.browser import BrowserSeals
from adapters.seals.sealing import Sealer
from adapters.seals.second_factor import SecondFactorSeals
from api.wiring.use_cases import UseCases
from application.access.accounts import KeepAccounts
from application.access.leave import Leave
from application.access.recognise import Recognise
from application.access.second_factor import SecondFactor
from application.access.sign_in import SignInByPassword
from application.access.sign_in_at_issuer import SignInAtIssuer
from application.access.tokens import KeepTokens
from projections import portfolios

SECRET_BYTES = 32
ISSUER_BYTES_MAX = 1_000_000


def new_secret() -> str:
    """A secret of 256 bits, in letters that a header and a cookie may hold."""
    return secrets.token_urlsafe(SECRET_BYTES)


class Access(UseCases):
    """Everything about people and what lets them in."""

    @cached_property
    def accounts(self) -> PostgresAccounts:
        return PostgresAccounts(self.house_pool)

    @cached_property
    def sign_ins(self) -> PostgresSignIns:
        return PostgresSignIns(self.house_pool)

    @cached_property
    def personal_tokens(self) -> PostgresPersonalTokens:
        return PostgresPersonalTokens(self.house_pool, self.log)

    @cached_property
    def passwords(self) -> Argon2Passwords:
        return Argon2Passwords(self.password_cost)

    @cached_property
    def tries(self) -> RedisTries:
        return RedisTries(self.redis_url, self.namespace)

    @cached_property
    def browser_seals(self) -> BrowserSeals:
        return BrowserSeals(lambda: Sealer(self.sealing_key()))

    @cached_property
    def second_factors(self) -> PostgresSecondFactors:
        return PostgresSecondFactors(self.house_pool, SecondFactorSeals(lambda: Sealer(self.sealing_key())))

    @cached_property
    def second_factor(self) -> SecondFactor:
        return SecondFactor(self.second_factors, TotpCodes(), self.tries, self._now)

    @cached_property
    def keep_accounts(self) -> KeepAccounts:
        return KeepAccounts(
            self.accounts,
            self.sign_ins,
            self.personal_tokens,
            self.second_factors,
            self.passwords,
            self.tries,
            self._now,
            self.ledger.new_id,
        )

    @cached_property
    def leave(self) -> Leave:
        return Leave(self.ledger, self.keep_accounts, self.connect_broker, self._owned)

    @cached_property
    def sign_in_by_password(self) -> SignInByPassword:
        return SignInByPassword(
            self.accounts,
            self.sign_ins,
            self.passwords,
            self.tries,
            self.second_factor,
            self._now,
            new_secret,
        )

    @cached_property
    def keep_tokens(self) -> KeepTokens:
        return KeepTokens(self.ledger, self.personal_tokens, new_secret)

    def _owned(self, owner: str) -> list[UUID]:
        with self.pool.connection() as connection:
            return portfolios.owned(connection, owner)

    @cached_property
    def issuers_line(self) -> Outbound:
        """The way to the issuer, which whoever configures it allows by that, at home too."""
        return Outbound(with_home(self.outbound_policy), ISSUER_BYTES_MAX)

    @cached_property
    def sign_in_at_issuer(self) -> SignInAtIssuer | None:
        if self.issuer is None:
            return None
        client = self.issuer.client
        issuer = OidcIssuer(client, self.issuers_line, Published(client.issuer, self.issuers_line))
        return SignInAtIssuer(
            issuer,
            self.accounts,
            self.sign_ins,
            self._now,
            self.ledger.new_id,
            new_secret,
            self.issuer.admit,
        )

    @cached_property
    def recognise(self) -> Recognise:
        return Recognise(self.sign_ins, self.personal_tokens, self._now, self.sign_in_at_issuer)
