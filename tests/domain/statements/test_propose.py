"""What becomes of a statement's rows, and laws of importing: twice is once, back is as before, order is nothing."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio.events import EntryPosted, PostedKind
from domain.portfolio.posting import post, reverse
from domain.portfolio.state import Portfolio, evolve
from domain.portfolio.units import Units
from domain.refusals import Conflict
from domain.statements.matching import Candidate, ask, match
from domain.statements.proposal import Answers, Proposal, Standing
from domain.statements.propose import propose
from domain.statements.statement import Figure, Form, NewListing, Row, Security, Statement
from stories import PORTFOLIO_OPENED

WORLD = Listing(UUID(int=7), "VWRP", "XLON", "GBP", "GBX", Decimal(1), "IE00BK5BQT80", None)
IN_DOLLARS = replace(WORLD, id=UUID(int=8), symbol="VWRA", currency="USD", quote_unit="USD")
MARCH = datetime(2026, 3, 10, 17, 7, tzinfo=UTC)
FUND = Security(isin="IE00BK5BQT80", title="All-World", unit="GBX")
MEANT = Answers({FUND.called: WORLD})
ENTRY, BATCH = UUID(int=1), UUID(int=2)


def figure(name: str, value: Decimal | str, unit: str = "GBP") -> Figure:
    """A number under a column of its own name."""
    return Figure.model_validate(
        {"name": name, "column": name.title(), "raw": str(value), "unit": unit, "value": Decimal(value)}
    )


def held(line: int, units: str, cost: str, *more: Figure) -> Row:
    """A row of positions."""
    figures = (figure("quantity", units, "units"), figure("amount", cost), *more)
    return Row(line=line, raw={}, at=MARCH, security=FUND, figures=figures)


def cash(line: int, amount: str, kind: PostedKind | None = None, day: int = 0) -> Row:
    """A row about cash alone."""
    at = MARCH + timedelta(days=day)
    return Row(line=line, raw={}, at=at, kind=kind, figures=(figure("amount", amount),))


def statement(form: Form, rows: Sequence[Row]) -> Statement:
    """Rows as a file."""
    return Statement(profile="test", title="A test", form=form, rows=tuple(rows))


@dataclass
class Books:
    """Books that entries are posted to one after the other, as the portfolio's are."""

    portfolio: Portfolio = field(default_factory=lambda: evolve(None, PORTFOLIO_OPENED))
    units: Units = field(default_factory=Units)
    posted: list[EntryPosted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.portfolio = replace(self.portfolio, currency="GBP")

    @property
    def standing(self) -> Standing:
        """As a statement is compared with them."""
        known = {each.row.key: each.row.content for each in self.posted if each.row}
        return Standing("GBP", self.portfolio.cash, {WORLD.id: self.units}, known)

    @property
    def balance(self) -> tuple[Decimal, Units]:
        """Cash and units."""
        return self.portfolio.cash, self.units

    def proposed(self, file: Statement) -> list[Proposal]:
        """What becomes of a file's rows."""
        return propose(file, self.standing, MEANT)

    def take(self, file: Statement) -> list[EntryPosted]:
        """Import what can be booked; sales of what is not there are left out."""
        booked = list[EntryPosted]()
        for proposal in sorted((each for each in self.proposed(file) if each.wanted), key=lambda e: e.order):
            assert proposal.wanted is not None
            try:
                event = post(self.portfolio, ENTRY, BATCH, proposal.wanted, self.units)
            except Conflict:
                continue
            self._move(event)
            booked.append(event)
        self.posted += booked
        return booked

    def give_back(self, booked: Sequence[EntryPosted]) -> None:
        """Reverse an import."""
        for event in reversed(booked):
            self._move(reverse(self.portfolio, ENTRY, BATCH, event, self.units, "Back."))
            self.posted.remove(event)

    def _move(self, event: object) -> None:
        assert hasattr(event, "effect")
        self.portfolio = evolve(self.portfolio, event)  # type: ignore[arg-type]
        if event.effect.quantity or event.effect.book_cost:
            self.units = self.units.after(event.effect)


def test_positions_bring_what_the_books_lack() -> None:
    books = Books()
    books.take(statement("positions", [held(2, "236", "24310.15"), cash(3, "512.44")]))
    assert books.balance == (Decimal("512.44"), Units(Decimal(236), Decimal("24310.15")))

    [more, less] = books.take(statement("positions", [held(2, "240", "24800.00"), cash(3, "12.44")]))
    assert (less.kind, more.kind) == ("withdrawal", "transfer")
    assert books.balance == (Decimal("12.44"), Units(Decimal(240), Decimal("24800.00")))

    [sold] = books.take(statement("positions", [held(2, "120", "12400.00"), cash(3, "12.44")]))
    assert (sold.effect.quantity, sold.effect.book_cost) == (Decimal(-120), Decimal("-12400.00"))


def test_rows_of_one_holding_are_counted_together() -> None:
    """Two equal ones as well."""
    books = Books()
    file = statement("positions", [held(2, "3", "30.00"), held(3, "3", "30.00"), held(4, "1", "9.00")])
    assert [each.status for each in books.proposed(file)] == ["proposed", "with", "with"]
    books.take(file)
    assert books.units == Units(Decimal(7), Decimal("69.00"))


def test_another_cost_of_as_many_units_is_told_and_changes_nothing() -> None:
    books = Books()
    books.take(statement("positions", [held(2, "3", "30.00")]))
    [told] = books.proposed(statement("positions", [held(2, "3", "31.00")]))
    assert (told.status, told.sentence) == ("agrees", "The books hold as many, at a cost of 30 and not 31.")


def test_a_row_known_by_its_reference_that_says_something_else_is_a_problem() -> None:
    """Neither doubled nor silently dropped."""
    first = cash(2, "100.00", "contribution").model_copy(update={"reference": "D1"})
    books = Books()
    books.take(statement("transactions", [first]))
    other = first.model_copy(update={"figures": (figure("amount", "101.00"),)})
    [told] = books.proposed(statement("transactions", [other]))
    assert (told.status, told.problems[0].column) == ("problem", "reference")


def referring(line: int, amount: str, **more: object) -> Row:
    """A deposit under a reference."""
    return cash(line, amount, "contribution").model_copy(update={"reference": "D1"} | more)


def unique(*rows: Row) -> Statement:
    """Rows of a broker that gives no reference twice."""
    return statement("transactions", rows).model_copy(update={"references_are_unique": True})


def test_a_reference_that_comes_twice_is_one_row_or_a_problem() -> None:
    """Of a broker whose references are unique; of others the second is another row."""
    equal, other = referring(3, "100.00"), referring(3, "101.00")
    told = Books().proposed(unique(referring(2, "100.00"), equal))
    assert [each.status for each in told] == ["proposed", "known"]
    assert told[1].sentence == "The file says it twice, under one reference: line 2 counts."
    told = Books().proposed(unique(referring(2, "100.00"), other))
    assert [each.status for each in told] == ["proposed", "problem"]
    assert "Line 2 has this reference too" in told[1].sentence
    counted = Books().proposed(statement("transactions", [referring(2, "100.00"), equal]))
    assert [each.status for each in counted] == ["proposed", "proposed"]


def test_rows_imported_when_references_were_counted_are_still_known() -> None:
    """Two different ones of one reference as well, and those that did not name their account."""
    books, rows = Books(), [referring(2, "100.00"), referring(3, "101.00")]
    books.take(statement("transactions", rows))
    assert [each.status for each in books.proposed(unique(*rows))] == ["known", "known"]
    of_an_account = [each.model_copy(update={"account": "U7"}) for each in rows]
    assert [each.status for each in books.proposed(unique(*of_an_account))] == ["known", "known"]


def test_equal_rows_of_two_accounts_are_two() -> None:
    """Under one reference or none."""
    for row in (referring(2, "100.00"), cash(2, "100.00", "contribution")):
        books = Books()
        for account in ("U7", "U8"):
            books.take(unique(row.model_copy(update={"account": account})))
        assert books.portfolio.cash == 200
        books.take(unique(row.model_copy(update={"account": "U7"})))
        assert books.portfolio.cash == 200


def test_a_price_in_another_unit_than_it_says_is_a_problem() -> None:
    """Pounds that are called pence, and the other way round."""
    for price, unit in (("118.43", "GBX"), ("11842.50", "GBP")):
        row = held(2, "236", "24310.15", figure("price", price, unit), figure("value", "27948.30"))
        [told] = Books().proposed(statement("positions", [row]))
        assert (told.status, [each.column for each in told.problems]) == ("problem", ["Price"])


def test_a_price_in_pounds_becomes_one_in_the_listing_s_pence() -> None:
    row = held(2, "10", "1184.25", figure("price", "118.425", "GBP")).model_copy(update={"kind": "buy"})
    [told] = Books().proposed(statement("transactions", [row]))
    assert told.wanted is not None
    assert told.wanted.price == Decimal("11842.5")


def test_money_in_another_currency_needs_a_rate_and_is_rounded_once() -> None:
    row = cash(2, "10.01", "interest").model_copy(update={"figures": (figure("amount", "10.01", "USD"),)})
    [told] = Books().proposed(statement("transactions", [row]))
    assert (told.status, told.sentence) == ("problem", "Amount: This is in USD; the books are in GBP.")
    [rated] = Books().proposed(statement("transactions", [row.model_copy(update={"rate": Decimal("0.777")})]))
    assert rated.wanted is not None
    assert rated.wanted.amount == Decimal("7.78")


def test_a_listing_is_certain_by_its_isin_or_by_its_exchange_and_nothing_less() -> None:
    known = [Candidate(WORLD, "IE00BK5BQT80"), Candidate(IN_DOLLARS, "IE00BK5BQT80")]
    assert match(FUND, known) == WORLD
    assert match(FUND.model_copy(update={"unit": None}), known) is None
    assert match(Security(symbol="VWRP", exchange="XLON"), known) == WORLD
    assert match(Security(symbol="VWRP"), known) is None
    other = Security(symbol="VWRP", exchange="XLON", isin="IE000XZSV718")
    assert match(other, known) is None
    assert ask(other, [2], known).candidates == (WORLD.id,)
    new = Security(symbol="CSH2", exchange="XLON", unit="GBX")
    assert ask(new, [2], known).proposed == NewListing(
        symbol="CSH2", exchange="XLON", currency="GBP", quote_unit="GBX"
    )
    assert ask(new.model_copy(update={"symbol": "<b>"}), [2], known).proposed is None


CENTS = st.integers(1, 100_000).map(lambda cents: Decimal(cents).scaleb(-2))


@st.composite
def transactions(draw: st.DrawFn, line: int) -> Row:
    """Any row of transactions; few days and amounts, so that some are equal."""
    kind: PostedKind = draw(st.sampled_from(("contribution", "withdrawal", "fee", "buy", "sell", "dividend")))
    amount, day = draw(st.sampled_from((Decimal(5), Decimal("7.01"))) | CENTS), draw(st.integers(0, 2))
    row = cash(line, str(amount), kind, day)
    if kind not in ("buy", "sell", "dividend"):
        return row
    units = () if kind == "dividend" else (figure("quantity", str(draw(st.integers(1, 3))), "units"),)
    return row.model_copy(update={"security": FUND, "figures": (*row.figures, *units)})


FILES = st.integers(0, 8).flatmap(
    lambda count: st.tuples(*(transactions(2 + place) for place in range(count)))
)


@given(FILES)
def test_a_file_imported_twice_is_imported_once(rows: Sequence[Row]) -> None:
    books, file = Books(), statement("transactions", rows)
    booked = books.take(file)
    before = books.balance
    again = books.proposed(file)
    assert sum(each.status == "known" for each in again) == len(booked)
    books.take(statement("transactions", [each.row for each in again if each.status == "known"]))
    assert books.balance == before


@given(FILES, FILES)
def test_files_that_overlap_bring_each_row_once(first: Sequence[Row], more: Sequence[Row]) -> None:
    """A file, then one with all of it and more, is as the second alone; its lines may have moved."""
    moved = [row.model_copy(update={"line": 100 + row.line}) for row in first]
    both = statement("transactions", [row for row in (*moved, *more) if row.kind != "sell"])
    apart, at_once = Books(), Books()
    apart.take(statement("transactions", [row for row in first if row.kind != "sell"]))
    apart.take(both)
    at_once.take(both)
    assert apart.balance == at_once.balance
    assert len(apart.posted) == len(at_once.posted) == len(both.rows)


@given(FILES, FILES)
def test_an_import_taken_back_leaves_the_books_as_they_were(
    before: Sequence[Row], rows: Sequence[Row]
) -> None:
    """Units of another average cost between them included: in reverse order each finds what it left."""
    books = Books()
    books.take(statement("transactions", before))
    there = books.balance
    booked = books.take(statement("transactions", rows))
    books.give_back(booked)
    assert books.balance == there


@given(FILES, st.randoms(use_true_random=False))
def test_shuffled_rows_come_to_the_same_books(rows: Sequence[Row], chance: random.Random) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)
    ours, theirs = Books(), Books()
    booked = ours.take(statement("transactions", rows))
    again = theirs.take(statement("transactions", shuffled))
    assert ours.balance == theirs.balance
    assert [each.effect for each in booked] == [each.effect for each in again]


@given(st.integers(0, 50), CENTS, st.integers(0, 50), CENTS, CENTS)
def test_books_agree_with_a_statement_of_positions_once_it_is_applied(
    had: int, cost: Decimal, has: int, paid: Decimal, money: Decimal
) -> None:
    """Whatever they said before; and then it proposes nothing."""
    books = Books()
    if had:
        books.take(statement("positions", [held(2, str(had), str(cost))]))
    file = statement("positions", [held(2, str(has), str(paid if has else ZERO)), cash(3, str(money))])
    books.take(file)
    assert books.balance[0] == money
    assert books.units.quantity == has
    assert {each.status for each in books.proposed(file)} == {"agrees"}
