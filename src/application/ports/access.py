"""People, their sign-ins and their tokens, as the use cases need them. Secrets are kept as hashes only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.ports.log import Batch
from domain.access.person import LOCAL
from domain.access.sign_in import CameFrom, SignIn
from domain.access.token import PersonalToken

__all__ = [
    "LOCAL",
    "Account",
    "Accounts",
    "KnownSignIn",
    "Passwords",
    "PersonalTokens",
    "SignIns",
    "Tries",
    "Whereabouts",
]


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in. ``user_id`` is what events name; ``password_hash`` is None without a password."""

    user_id: str
    name: str
    password_hash: str | None
    made_at: datetime


class Accounts(Protocol):
    """Where accounts are kept, beside the log."""

    def add(self, account: Account, identity: tuple[str, str] | None = None) -> None:
        """Keep a new one, of somebody whom an issuer calls by a subject.

        Raises Conflict when its name, its id, or who it is at the issuer is taken.
        """

    def by_subject(self, issuer: str, subject: str) -> Account | None:
        """The account of somebody as an issuer calls them."""

    def by_name(self, name: str) -> Account | None:
        """The account of this name, however it is written."""

    def by_id(self, user_id: str) -> Account | None:
        """The account of a person."""

    def all(self) -> Sequence[Account]:
        """All of them, by their names."""

    def set_password(self, user_id: str, password_hash: str) -> None:
        """Another password."""

    def delete(self, user_id: str) -> None:
        """Forget a person: every row that says who they are, or lets them in, or leads to them."""


@dataclass(frozen=True, slots=True)
class KnownSignIn:
    """A sign-in as its person finds it again: by an ``id`` that lets nobody in."""

    id: UUID
    secret_hash: bytes
    sign_in: SignIn
    came_from: CameFrom


class SignIns(Protocol):
    """Sign-ins by the hash of their secret."""

    def of(self, user_id: str) -> Sequence[KnownSignIn]:
        """A person's, newest first, those that are over among them."""

    def begin(self, secret_hash: bytes, sign_in: SignIn, came_from: CameFrom) -> None:
        """Keep a new one; those of everybody that are over are forgotten."""

    def find(self, secret_hash: bytes) -> SignIn | None:
        """The sign-in of a secret, over or not."""

    def see(self, secret_hash: bytes, at: datetime) -> None:
        """It is being used."""

    def prove(self, secret_hash: bytes, at: datetime) -> SignIn | None:
        """The person has just proven who they are; None when the sign-in has ended meanwhile."""

    def end(self, secret_hash: bytes) -> int:
        """Let it let nobody in any more, and answer how many that were."""

    def end_one(self, user_id: str, sign_in_id: UUID) -> int:
        """End one of a person's, and answer how many that were."""

    def end_all(self, user_id: str, *, but: bytes | None = None) -> int:
        """End all of a person's, or all but one, and answer how many."""


class PersonalTokens(Protocol):
    """Tokens by the hash of their secret."""

    def of(self, user_id: str) -> Sequence[PersonalToken]:
        """A person's, oldest first, those that are over among them."""

    def find(self, secret_hash: bytes) -> PersonalToken | None:
        """The token of a secret, over or not."""

    def use(self, token_id: UUID, at: datetime) -> None:
        """It is being used."""

    def add(self, secret_hash: bytes, token: PersonalToken, batch: Batch) -> int:
        """Keep a new one, in one transaction with a batch, and answer the log's last number.

        Raises Conflict when the person has as many as there may be.
        """

    def remove(self, user_id: str, token_id: UUID, batch: Batch) -> int:
        """Forget one, in one transaction with a batch. Raises NotFound."""

    def remove_all(self, user_id: str) -> int:
        """Forget all of a person's, and answer how many."""


class Passwords(Protocol):
    """A hash for passwords that is slow on purpose."""

    def hash(self, password: str) -> str:
        """What is kept of a password."""

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the one of which this was kept; without any it takes as long to say no."""

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed at another cost than today's."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where somebody tries to sign in: at an address, perhaps in a browser that the name's person has used before."""

    address: str
    browser: str | None = None
    came_from: CameFrom = "unknown"


class Tries(Protocol):
    """How often somebody may try to sign in, counted for all processes together.

    Whoever takes one is answered None, or for how many seconds there is none left; then it is not to be judged at all.
    """

    def take(self, name: str, at: Whereabouts) -> int | None:
        """Count a try for a name, before it is judged. A browser that is known has tries of its own."""

    def forgive(self, name: str, at: Whereabouts) -> None:
        """The person has come in there: what was tried for their name counts no more."""

    def take_proof(self, secret_hash: bytes) -> int | None:
        """Count a try of a sign-in's person to prove who they are."""

    def forgive_proofs(self, secret_hash: bytes) -> None:
        """They have."""

    def take_code(self, whose: str) -> int | None:
        """Count a try at a one-time code, of a person or of a sign-in."""

    def forgive_codes(self, whose: str) -> None:
        """The right one was given."""

    def forgive_name(self, name: str) -> None:
        """What was tried for this name from anywhere counts no more."""
