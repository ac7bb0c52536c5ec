"""The check digit of an ISIN (ISO 6166)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.isin import check_digit, is_isin, require_isin
from domain.refusals import Invalid

DIGITS = "0123456789"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

BODIES = st.builds(
    "".join,
    st.tuples(st.text(LETTERS, min_size=2, max_size=2), st.text(DIGITS + LETTERS, min_size=9, max_size=9)),
)


@pytest.mark.parametrize(
    "isin",
    [
        "US0378331005",
        "US1912161007",
        "GB0002634946",
        "AU0000XVGZA3",
        "IE00BK5BQT80",
        "LU1230136894",
        "IE000RCMNFR9",
    ],
)
def test_isins_of_securities_that_there_are(isin: str) -> None:
    """Apple, Coca-Cola, BAE, Treasury Corporation of Victoria, and three funds."""
    assert is_isin(isin)


@pytest.mark.parametrize(
    "text",
    ["", "US", "US037833100", "US03783310055", "us0378331005", "0S0378331005", "US037833100X", "US 378331005",
     "US0378331\uff105", "US0378331005\n"],
)  # fmt: skip
def test_what_is_no_isin_by_its_shape(text: str) -> None:
    """Two capital letters, nine capital letters or digits, and one ASCII digit; nothing before or after."""
    assert not is_isin(text)


@given(body=BODIES)
def test_exactly_one_digit_belongs_to_a_body(body: str) -> None:
    """So a guess is right once in ten."""
    assert [digit for digit in DIGITS if is_isin(body + digit)] == [check_digit(body)]


@given(body=BODIES, data=st.data())
def test_every_change_of_one_digit_is_noticed(body: str, data: st.DataObject) -> None:
    """Wherever it is, the check digit included."""
    isin = body + check_digit(body)
    place = data.draw(st.sampled_from([place for place, letter in enumerate(isin) if letter in DIGITS]))
    other = data.draw(st.sampled_from([digit for digit in DIGITS if digit != isin[place]]))
    assert not is_isin(isin[:place] + other + isin[place + 1 :])


@given(body=BODIES)
def test_every_exchange_of_neighbouring_digits_is_noticed_but_that_of_0_and_9(body: str) -> None:
    """The formula's one blind spot: 0 and 9 count the same whether doubled or not."""
    isin = body + check_digit(body)
    for place in range(len(isin) - 1):
        first, second = isin[place], isin[place + 1]
        if first in DIGITS and second in DIGITS and first != second:
            exchanged = isin[:place] + second + first + isin[place + 2 :]
            assert is_isin(exchanged) == ({first, second} == {"0", "9"})


@given(body=BODIES, data=st.data())
def test_a_letter_for_another_that_differs_in_its_second_digit_is_noticed(
    body: str, data: st.DataObject
) -> None:
    """A is 10 and B is 11: where the first digit is the same, it is a change of one digit."""
    isin = body + check_digit(body)
    place = data.draw(st.sampled_from([place for place, letter in enumerate(isin) if letter in LETTERS]))
    tens = int(isin[place], 36) // 10
    others = [letter for letter in LETTERS if int(letter, 36) // 10 == tens and letter != isin[place]]
    assert not is_isin(isin[:place] + data.draw(st.sampled_from(others)) + isin[place + 1 :])


def test_a_wrong_one_is_refused_and_none_at_all_is_well() -> None:
    """The field is named, as clients know it."""
    require_isin(None)
    require_isin("US0378331005")
    with pytest.raises(Invalid, match="US0378331006 is no ISIN") as refused:
        require_isin("US0378331006")
    assert refused.value.field == "isin"
