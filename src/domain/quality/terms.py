"""What a provider calls the currency and the unit of a price, held against the listing's (DOMAIN §1, §4)."""

from dataclasses import dataclass

from domain.money import MINOR_QUOTE_UNITS, OTHER_NAMES


@dataclass(frozen=True, slots=True)
class Terms:
    """The currency of a listing and the unit that its prices are in."""

    currency: str
    unit: str

    def contradicts(self, currency: str | None, unit: str | None) -> str | None:
        """What a provider calls them, when that is something else; a label it does not give says nothing.

        A unit that stands where a currency belongs, such as GBX, names both.
        """
        if currency is None and unit is None:
            return None
        said_unit = _unit(unit) if unit is not None else None
        if currency is not None and _unit(currency) in MINOR_QUOTE_UNITS:
            said_unit = said_unit or _unit(currency)
            currency = MINOR_QUOTE_UNITS[_unit(currency)][0]
        same_currency = currency is None or currency == self.currency
        if same_currency and said_unit in (None, _unit(self.unit)):
            return None
        return named(currency or self.currency, said_unit)

    def __str__(self) -> str:
        return named(self.currency, self.unit)


def named(currency: str, unit: str | None) -> str:
    """Both in words: ``GBP quoted in GBX``."""
    return currency if unit is None else f"{currency} quoted in {unit}"


def _unit(name: str) -> str:
    known = OTHER_NAMES.get(name, name)
    return known.upper() if known.upper() in MINOR_QUOTE_UNITS else known
