"""Propose an entry for each row of transactions that is not in the books yet (DOMAIN §6)."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from domain.listing import Listing
from domain.money import ZERO
from domain.portfolio.booked_actions import BookedAction
from domain.portfolio.effects import TAKES_FEE, TAKES_TAX
from domain.portfolio.posting import would_move
from domain.portfolio.wanted import Wanted
from domain.refusals import Invalid
from domain.statements.converting import Converted
from domain.statements.identity import Booked, Identity, identities, is_unique
from domain.statements.proposal import Answers, Proposal, Standing, concluded
from domain.statements.statement import Row, Statement

REFERENCE = "reference"
"""What a problem of a row's reference is told of: brokers call the column by many names."""


def transactions(
    statement: Statement, rows: Sequence[Row], standing: Standing, answers: Answers
) -> list[Proposal]:
    """What becomes of rows that are to be booked, in their order."""
    known, first = identities(statement), dict[str, Row]()
    found = []
    for row in rows:
        identity = known[row.line]
        before = first.setdefault(identity.row.key, row) if is_unique(statement, row) else row
        found.append(_transaction(row, before, identity, standing, answers))
    return found


def _transaction(row: Row, before: Row, identity: Identity, standing: Standing, answers: Answers) -> Proposal:
    """What becomes of one. ``before`` is the first row of its reference in the file, perhaps itself."""
    listing = answers.listings[row.security.called] if row.security else None
    proposal = Proposal(row, "proposed", "", listing, identity=identity.row)
    imported = identity.said_before(standing.known)
    if row.content in imported:
        return replace(proposal, status="known", sentence="Imported before.")
    if before is not row and before.content == row.content:
        told = f"The file says it twice, under one reference: line {before.line} counts."
        return replace(proposal, status="known", sentence=told)
    converted = Converted(row, standing.currency, listing)
    if imported:
        converted.report(REFERENCE, "A row of this reference was imported before and said something else.")
    elif before is not row:
        converted.report(REFERENCE, f"Line {before.line} has this reference too, and says something else.")
    proposal = replace(proposal, wanted=_wanted(proposal, converted))
    actions = _actions(row, listing, standing)
    if actions and not converted.problems:
        paid = (converted.money("amount") or ZERO) - (converted.money("tax") or ZERO)
        if any(each.is_paid_as(paid) for each in actions):
            told = "In the books already: it was announced."
            return replace(proposal, status="known", sentence=told, wanted=None)
        if not any(row.at is not None and each.may_be_another(row.at) for each in actions):
            converted.report("amount", f"{actions[0].told_again()} Else leave this row out.")
    booked = standing.booked.get(row.reference) if row.reference else None
    said = None if booked is None or converted.problems else _said(proposal.wanted, standing.currency)
    if booked is not None and said is not None:
        if said.is_part_of(booked):
            told = "In the books already under this reference, without a file."
            return replace(proposal, status="known", sentence=told, wanted=None)
        told = f"The books have {booked.told(standing.currency)} under this reference without a file"
        converted.report(
            REFERENCE,
            f"{told}, the row says {said.told(standing.currency)}: reverse that, or leave this row out.",
        )
    return concluded(proposal, converted.problems)


def _actions(row: Row, listing: Listing | None, standing: Standing) -> list[BookedAction]:
    """The announced dividends that a row may be about, of those that are booked: a special one pays beside another."""
    if row.kind != "dividend" or row.at is None or listing is None:
        return []
    return [
        each for each in standing.actions.get(listing.id, ()) if each.is_told_by("dividend", row.at, None)
    ]


def _wanted(proposal: Proposal, converted: Converted) -> Wanted:
    row = proposal.row
    kind = row.kind
    if kind is None:
        raise ValueError("a row of transactions without problems has a kind")
    return Wanted(
        kind=kind,
        listing=proposal.listing,
        quantity=converted.quantity,
        price=converted.price(),
        amount=converted.money("amount"),
        fee=(converted.money("fee") or ZERO) if kind in TAKES_FEE else ZERO,
        tax=(converted.money("tax") or ZERO) if kind in TAKES_TAX else ZERO,
        reference=row.reference,
        note=row.note,
        row=proposal.identity,
    )


def _said(wanted: Wanted | None, currency: str) -> Booked | None:
    """What a row would move, None where it cannot be booked: what is wrong with it is told when that is tried."""
    try:
        effect = None if wanted is None else would_move(wanted, currency)
    except Invalid:
        return None
    if wanted is None or effect is None:
        return None
    moved = frozenset({wanted.listing.id}) if wanted.listing and effect.quantity else frozenset[UUID]()
    return Booked(frozenset({wanted.kind}), moved, effect.quantity, effect.cash)
