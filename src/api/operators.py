"""Whoever keeps what concerns everybody who uses this Ballast, where that is set (ADR 49)."""

from dataclasses import dataclass

from application.ports.access import Account
from domain.access.person import name_key


@dataclass(frozen=True, slots=True)
class Operators:
    """Of some ids and, where names are given out at this machine alone, of some names."""

    named: frozenset[str]
    by_name: bool

    @classmethod
    def parse(cls, setting: str | None, *, by_name: bool) -> "Operators | None":
        """Those that a setting names, apart by commas; None when it names nobody: then everybody is one."""
        named = frozenset(name_key(each.strip()) for each in (setting or "").split(",") if each.strip())
        return cls(named, by_name) if named else None

    def include(self, account: Account) -> bool:
        """Whether somebody is one of them."""
        return account.user_id in self.named or (self.by_name and name_key(account.name) in self.named)
