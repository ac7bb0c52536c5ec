"""A Flex query's XML: its elements are rows, its attributes their cells."""

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree

from adapters.statements import interactive_brokers as flex
from adapters.statements.cells import Cells
from adapters.statements.profile import row
from domain.refusals import Invalid
from domain.statements.statement import Problem, Row, Statement

WITHHELD = "Withholding Tax"


def is_flex(text: str) -> bool:
    """Whether a file is XML at all."""
    return text.lstrip().startswith("<")


def read_flex(text: str, rows_max: int) -> Statement:
    """The statement in a Flex query. Raises Invalid, field file, for what is broken or holds nothing of use."""
    if "<!DOCTYPE" in text.upper():
        raise Invalid("file", "The file declares a document type, which a Flex query does not.")
    try:
        root = ElementTree.fromstring(text)  # noqa: S314  # without a document type there are no entities to expand
    except ElementTree.ParseError as error:
        line, _ = error.position
        raise Invalid("file", f"Line {line}: the file is cut off or damaged XML.") from None
    if root.tag != "FlexQueryResponse":
        raise Invalid("file", f"This is XML, but <{root.tag[:60]}> begins no Flex query.")
    trades, cash, positions = (list(root.iter(tag)) for tag in ("Trade", "CashTransaction", "OpenPosition"))
    moved = [*trades, *cash]
    if len(moved or positions) > rows_max:
        raise Invalid("file", f"The file has more than {rows_max:,} rows.")
    if moved:
        rows = [*map(flex.trade, _cells(trades)), *_with_tax(list(_cells(cash, len(trades))))]
        return Statement(
            profile="ibkr_flex",
            title="Interactive Brokers, Flex query",
            form="transactions",
            rows=tuple(rows),
            references_are_unique=True,
        )
    if not positions:
        raise Invalid("file", "The Flex query has no trades, no cash transactions and no open positions.")
    return Statement(
        profile="ibkr_flex_positions",
        title="Interactive Brokers, open positions",
        form="positions",
        rows=tuple(map(flex.open_position, _cells(positions))),
    )


def _cells(elements: Sequence[ElementTree.Element], before: int = 0) -> Iterator[Cells]:
    """Rows are counted from 1, in the order of the file within each kind: XML knows no lines."""
    for number, element in enumerate(elements, before + 1):
        yield Cells(number, element.attrib)


def _with_tax(cells: Sequence[Cells]) -> Iterator[Row]:
    """Cash transactions; tax that was withheld is booked with its dividend, of the same security, day and currency."""
    taxes = [each for each in cells if each.text("type") == WITHHELD]
    detail = [each for each in taxes if each.text("levelOfDetail").upper() not in flex.SUMS]
    for each in cells:
        if each in taxes:
            continue
        read = flex.cash_transaction(each)
        if read.kind == "dividend":
            mine = [tax for tax in detail if _belongs(tax, each)]
            detail = [tax for tax in detail if tax not in mine]
            read = _taxed(read, mine)
        yield read
    for tax in taxes:
        if tax in detail:
            tax.report("type", "There is no dividend that this tax was withheld of: post it by hand.")
            yield row(tax)
        else:
            yield row(tax, left_out="Booked with its dividend.")


def _belongs(tax: Cells, dividend: Cells) -> bool:
    day = {each.text("dateTime")[:8].replace("-", "") or each.text("reportDate") for each in (tax, dividend)}
    same = ("symbol", "isin", "currency", "accountId")
    return len(day) == 1 and all(tax.text(name) == dividend.text(name) for name in same)


def _taxed(dividend: Row, taxes: Sequence[Cells]) -> Row:
    figures = [figure for tax in taxes for figure in tax.figure("tax", "amount", tax.currency("currency"))]
    problems = [problem for tax in taxes for problem in tax.problems]
    if not figures:
        return dividend.model_copy(update={"problems": (*dividend.problems, *problems)})
    withheld = -sum(each.value for each in figures)
    if withheld < 0:
        refund = "More tax came back than was withheld: post it by hand, and leave the rows out."
        problems.append(Problem(column="amount", sentence=refund))
    tax = figures[0].model_copy(update={"column": WITHHELD, "value": withheld})
    told = {"figures": (*dividend.figures, tax), "problems": (*dividend.problems, *problems)}
    return dividend.model_copy(update=told)
