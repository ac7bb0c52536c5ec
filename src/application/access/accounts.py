"""Accounts, as whoever runs Ballast keeps them: add, give another password, revoke."""

from dataclasses import dataclass

from pydantic import SecretStr

from application.ports import Clock, NewId
from application.ports.access import LOCAL, Account, Accounts, Passwords, PersonalTokens, SignIns, Tries
from application.ports.second_factor import SecondFactors
from domain.access.person import password_objection, password_text
from domain.refusals import Invalid, NotFound


@dataclass(frozen=True, slots=True)
class KeepAccounts:
    """The use cases with what they need from outside."""

    accounts: Accounts
    sign_ins: SignIns
    tokens: PersonalTokens
    factors: SecondFactors
    passwords: Passwords
    tries: Tries
    clock: Clock
    new_id: NewId

    def add(self, name: str, password: SecretStr, *, is_local: bool = False) -> Account:
        """A new account; ``is_local`` makes it that of the person at this machine, with all they own.

        Raises Conflict when the name is taken, or the person at this machine has an account, and Invalid.
        """
        user_id = LOCAL if is_local else str(self.new_id())
        account = Account(user_id, name, self._hashed(name, password), self.clock())
        self.accounts.add(account)
        return account

    def add_of_issuer(self, name: str, issuer: str, subject: str, *, is_local: bool = False) -> Account:
        """A new account of somebody who signs in at an issuer, without a password. Raises Conflict."""
        user_id = LOCAL if is_local else str(self.new_id())
        account = Account(user_id, name, None, self.clock())
        self.accounts.add(account, (issuer, subject))
        return account

    def reset(self, name: str, password: SecretStr, *, second_factor: bool = False) -> Account:
        """Another password; what let the person in until now does so no more, with ``second_factor`` that neither.

        Raises NotFound and Invalid.
        """
        account = self.known(name)
        self.accounts.set_password(account.user_id, self._hashed(name, password))
        self.revoke(account)
        if second_factor:
            self.factors.remove(account.user_id)
        self.tries.forgive_name(name)
        self.tries.forgive_codes(account.user_id)
        return account

    def revoke(self, account: Account) -> tuple[int, int]:
        """End every sign-in and forget every token of a person, and answer how many there were of each."""
        return self.sign_ins.end_all(account.user_id), self.tokens.remove_all(account.user_id)

    def known(self, name: str) -> Account:
        """The account of a name. Raises NotFound."""
        account = self.accounts.by_name(name)
        if account is None:
            raise NotFound("account", name)
        return account

    def _hashed(self, name: str, password: SecretStr) -> str:
        objection = password_objection(name, password.get_secret_value())
        if objection is not None:
            raise Invalid("password", objection)
        return self.passwords.hash(password_text(password.get_secret_value()))
