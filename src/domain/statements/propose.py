"""Propose entries for a statement: of transactions each row's own, of positions what the books lack (DOMAIN §6)."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from domain.listing import Listing
from domain.money import ZERO
from domain.numbers import exactly, shortest
from domain.portfolio.events import PostedKind
from domain.portfolio.units import Units
from domain.portfolio.wanted import Wanted
from domain.statements.converting import Converted
from domain.statements.proposal import Answers, Proposal, Standing, concluded
from domain.statements.statement import Row, Statement
from domain.statements.transactions import transactions


def propose(statement: Statement, standing: Standing, answers: Answers) -> list[Proposal]:
    """What becomes of each row, in the order of the file. Nothing is guessed: what is open says so."""
    kept = [_without_entry(row, answers) or row for row in statement.rows]
    open_rows = [each for each in kept if isinstance(each, Row)]
    if statement.form == "positions":
        found = _positions(open_rows, standing, answers)
    else:
        found = transactions(statement, open_rows, standing, answers)
    by_line = {each.row.line: each for each in [*found, *(e for e in kept if isinstance(e, Proposal))]}
    return [by_line[row.line] for row in statement.rows]


def unmentioned(proposals: Sequence[Proposal], standing: Standing) -> list[UUID]:
    """Listings that the books hold and a statement of positions says nothing of."""
    mentioned = {each.listing.id for each in proposals if each.listing}
    return [id_ for id_, units in standing.units.items() if units.quantity and id_ not in mentioned]


def _without_entry(row: Row, answers: Answers) -> Proposal | None:
    """Rows that are settled before the books are looked at."""
    if answers.skips(row):
        return Proposal(row, "skipped", "Left out, as you said.")
    if row.left_out is not None:
        return Proposal(row, "left_out", row.left_out)
    if row.problems:
        return concluded(Proposal(row, "problem", ""), row.problems)
    security = row.security
    if security is not None and security.called not in answers.listings:
        return Proposal(row, "asked", f"Which listing is {security.called}?")
    return None


@exactly
def _positions(rows: Sequence[Row], standing: Standing, answers: Answers) -> list[Proposal]:
    """Rows of one listing, and those of cash, are one holding: the first says what is booked, the others join it."""
    groups: dict[UUID | None, list[Row]] = {}
    listings: dict[UUID | None, Listing | None] = {None: None}
    for row in rows:
        listing = answers.listings[row.security.called] if row.security else None
        listings[listing.id if listing else None] = listing
        groups.setdefault(listing.id if listing else None, []).append(row)
    found: list[Proposal] = []
    for listing_id, group in groups.items():
        listing = listings[listing_id]
        converted = [Converted(row, standing.currency, listing) for row in group]
        for each in converted:
            each.price()
        amounts = [each.money("amount") for each in converted]
        first = Proposal(group[0], "proposed", "", listing)
        if listing is None:
            first = _cash(first, sum((a for a in amounts if a is not None), ZERO), standing)
        else:
            quantity = sum((each.quantity or ZERO for each in converted), ZERO)
            there = standing.units.get(listing.id, Units())
            first = _units(first, listing, Units(quantity, sum((a or ZERO for a in amounts), ZERO)), there)
        found += [concluded(first, converted[0].problems)]
        joined = f"Counted together with line {group[0].line}."
        found += [
            concluded(Proposal(each.row, "with", joined, listing), each.problems) for each in converted[1:]
        ]
    return found


def _units(proposal: Proposal, listing: Listing, said: Units, there: Units) -> Proposal:
    """Units that the books lack come in kind, at the cost that they lack; those too many go at average cost."""
    missing = said.quantity - there.quantity
    if not missing:
        costs = said.book_cost != there.book_cost
        other = (
            f", at a cost of {shortest(there.book_cost)} and not {shortest(said.book_cost)}" if costs else ""
        )
        return replace(proposal, status="agrees", sentence=f"The books hold as many{other}.")
    cost = max(ZERO, said.book_cost - there.book_cost) if missing > 0 else None
    wanted = Wanted("transfer", listing, missing, amount=cost, note=proposal.row.note)
    return replace(proposal, wanted=wanted)


def _cash(proposal: Proposal, said: Decimal, standing: Standing) -> Proposal:
    """Cash that the books lack was paid in, what they have too much was paid out."""
    missing = said - standing.cash
    if not missing:
        return replace(proposal, status="agrees", sentence="The books have as much.")
    kind: PostedKind = "contribution" if missing > 0 else "withdrawal"
    return replace(proposal, wanted=Wanted(kind, amount=abs(missing), note=proposal.row.note))
