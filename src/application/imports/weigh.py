"""Weigh a statement against the books: what would be booked, what is open, and what a person should know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from application.books.booked_actions import booked_actions_of
from application.books.post_entries import NewEntry, PostEntries, RefusedEntry
from application.imports.listings import FindListings, Given
from application.ledger import Transaction
from application.ports.statements import ImportedBooks, Preview
from domain.listing import Listing
from domain.portfolio.events import EntryPosted
from domain.portfolio.state import Portfolio
from domain.refusals import FieldError
from domain.statements.identity import identities
from domain.statements.proposal import OPEN, Answers, BooksNow, Proposal, Standing
from domain.statements.propose import propose, unmentioned
from domain.statements.statement import Problem, Quantity, Question, Row
from domain.streams import LISTING, PORTFOLIO

ENTRIES: Mapping[str, Sequence[Quantity]] = {
    "quantity": ("quantity",),
    "price": ("price",),
    "amount": ("amount", "value"),
    "fee": ("fee",),
    "tax": ("tax",),
}
"""An entry's field, and the figures of a row that it came from."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A statement against the books. ``entries`` would be booked, in this order, each by the line of its row."""

    preview: Preview
    currency: str
    proposals: Sequence[Proposal]
    entries: Mapping[int, tuple[EntryPosted, datetime]]
    questions: Sequence[Question]
    notes: Sequence[str]

    @property
    def open(self) -> Sequence[FieldError]:
        """Everything that a person has to see to first, by row and column."""
        asked = [(f"answers.{each.security}", each.sentence) for each in self.questions]
        wrong = [
            (f"rows[{proposal.row.line}].{problem.column}", problem.sentence)
            for proposal in self.proposals
            for problem in proposal.problems
        ]
        return [*asked, *wrong]


@dataclass(frozen=True, slots=True)
class Weigh:
    """A step of an import, with what it needs from outside."""

    books: ImportedBooks
    find_listings: FindListings
    post_entries: PostEntries

    def __call__(self, transaction: Transaction, preview: Preview, given: Given, now: BooksNow) -> Weighed:
        """Weigh it within a transaction; nothing is appended but listings that a person wants registered."""
        _, portfolio = transaction.require(PORTFOLIO, preview.portfolio_id)
        statement = preview.statement
        rows = [row for row in statement.rows if not row.problems and row.line not in given.skipped_lines]
        listings, questions = self.find_listings(transaction, portfolio.id, rows, given)
        standing = self._standing(transaction, portfolio, preview, listings, now)
        answers = Answers(listings, given.skipped_securities, given.skipped_lines)
        proposals = propose(statement, standing, answers)
        wanted = sorted((each for each in proposals if each.wanted), key=lambda each: each.order)
        entries = [_entry(each, preview.import_id) for each in wanted]
        posted, refused = self.post_entries.worked_out(transaction, portfolio.id, preview.import_id, entries)
        wrong = {wanted[each.number].row.line: each for each in refused}
        booked = {wanted[number].row.line: each for number, each in posted.items()}
        return Weighed(
            preview=preview,
            currency=portfolio.currency,
            proposals=[
                _concluded(each, wrong.get(each.row.line), booked.get(each.row.line)) for each in proposals
            ],
            entries=booked,
            questions=_still_asked(questions, proposals),
            notes=self._notes(transaction, preview, proposals, standing, now),
        )

    def _standing(
        self,
        transaction: Transaction,
        portfolio: Portfolio,
        preview: Preview,
        listings: Mapping[str, Listing],
        now: BooksNow,
    ) -> Standing:
        if preview.statement.form == "positions":
            return Standing(portfolio.currency, now.cash, now.units)
        names = [name for each in identities(preview.statement).values() for name in each.names]
        references = [row.reference for row in preview.statement.rows if row.reference]
        return Standing(
            portfolio.currency,
            known=self.books.imported(portfolio.id, names),
            booked=self.books.booked(portfolio.id, references),
            actions={each.id: booked_actions_of(transaction, portfolio, each) for each in listings.values()},
        )

    def _notes(
        self,
        transaction: Transaction,
        preview: Preview,
        proposals: Sequence[Proposal],
        standing: Standing,
        now: BooksNow,
    ) -> Sequence[str]:
        """What nobody is asked about, and should know."""
        if preview.statement.form != "positions":
            return ()
        notes = []
        symbols = _symbols(transaction, unmentioned(proposals, standing))
        if symbols:
            stays = "that stays as it is" if len(symbols) == 1 else "they stay as they are"
            notes.append(
                f"The books hold {', '.join(symbols)}, of which the statement says nothing: {stays}."
            )
        said = max((row.at for row in preview.statement.rows if row.at), default=None)
        if said is not None and now.latest is not None and now.latest > said:
            notes.append(
                f"The books have entries of after {said:%Y-%m-%d %H:%M} UTC, when the statement was made:"
                " what they moved would be taken back."
            )
        return notes


def _symbols(transaction: Transaction, listing_ids: Sequence[UUID]) -> list[str]:
    loaded = [transaction.load(LISTING, each).state for each in listing_ids]
    return sorted(each.symbol for each in loaded if each)


def _entry(proposal: Proposal, import_id: UUID) -> NewEntry:
    wanted = proposal.wanted
    if wanted is None:
        raise ValueError("only what is wanted becomes an entry")
    listing_id = proposal.listing.id if proposal.listing else None
    return NewEntry(proposal.row.at, listing_id, replace(wanted, source=f"import:{import_id}"))


def _concluded(
    proposal: Proposal, refused: RefusedEntry | None, booked: tuple[EntryPosted, datetime] | None
) -> Proposal:
    if refused is not None:
        problem = Problem(column=_column(proposal.row, refused.field), sentence=refused.sentence)
        return replace(proposal, status="problem", sentence=problem.sentence, problems=(problem,))
    if booked is not None:
        return replace(proposal, sentence=booked[0].told())
    return proposal


def _column(row: Row, field: str) -> str:
    figures = [figure for name in ENTRIES.get(field, ()) if (figure := row.figure(name))]
    return figures[0].column if figures else field


def _still_asked(questions: Sequence[Question], proposals: Sequence[Proposal]) -> list[Question]:
    """Questions about rows that are still open: what was imported before is not asked about again."""
    asked = {each.row.line for each in proposals if each.status in OPEN}
    return [each for each in questions if asked.intersection(each.lines)]
