"""The international securities identification number and its check digit (ISO 6166)."""

import re

from domain.refusals import Invalid

SHAPE = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", re.ASCII)


def is_isin(text: str) -> bool:
    """Whether a text is an ISIN: a country, nine letters or digits, and the check digit that belongs to them."""
    return SHAPE.fullmatch(text) is not None and check_digit(text[:-1]) == text[-1]


def check_digit(body: str) -> str:
    """The last digit of the ISIN whose first eleven characters are ``body``.

    Letters count as two digits, A being 10. From the right every other digit counts twice, and the sum of all
    resulting digits is brought to a multiple of ten (ISO 6166 annex A, the Luhn formula).
    """
    digits = "".join(str(int(character, 36)) for character in body)
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return str(-sum(number // 10 + number % 10 for number in doubled) % 10)


def require_isin(text: str | None) -> None:
    """Raise Invalid for what is no ISIN; none at all is well."""
    if text is not None and not is_isin(text):
        raise Invalid("isin", f"{text} is no ISIN: its check digit does not fit (ISO 6166).")
