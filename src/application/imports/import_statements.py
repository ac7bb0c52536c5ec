"""Import a broker's file: preview it, then apply that preview once, as one batch (DOMAIN §6)."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from application.books.dividend_calls import end_calls
from application.books.reverse_entries import reversed_before
from application.imports.listings import Given
from application.imports.weigh import Weigh, Weighed
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.ports.statements import ImportedBooks, Preview, Previews, ReadStatement
from domain.portfolio.events import EntryPosted, StatementImported
from domain.refusals import Conflict, Invalid, InvalidFields, NotFound
from domain.statements.statement import Statement
from domain.streams import PORTFOLIO, POSITION

NO_ANSWERS = Given()


@dataclass(frozen=True, slots=True)
class Applied:
    """An import that was booked; its id is the batch's, by which all of it is reversed."""

    import_id: UUID
    entries: Sequence[tuple[EntryPosted, datetime]]


class BooksMoved(Conflict):
    """Something was booked since the preview."""

    def __init__(self) -> None:
        super().__init__("The books have moved since this preview: send the file again, and look once more.")


class TakenBack(Conflict):
    """An import was booked and reversed since: what was seen in its preview is long over."""

    def __init__(self) -> None:
        super().__init__("This import was booked and taken back: send the file again to import it anew.")


@dataclass(frozen=True, slots=True)
class ImportStatements:
    """The use cases with what they need from outside."""

    ledger: Ledger
    read: ReadStatement
    previews: Previews
    books: ImportedBooks
    weigh: Weigh
    positions_of: Callable[[UUID], Sequence[UUID]]

    def preview(
        self, cause: Cause, portfolio_id: UUID, file_name: str, content: bytes, account: str | None = None
    ) -> Outcome[Weighed]:
        """What a file would book; nothing is booked. Raises Invalid for a file that is broken, with the reason."""
        statement = _of_one_account(self.read(content), account)
        sha256, import_id = hashlib.sha256(content).hexdigest(), self.ledger.new_id()

        def decide(transaction: Transaction) -> Weighed:
            self._guard(transaction, portfolio_id)
            now = self.books.now(portfolio_id)
            preview = Preview(import_id, portfolio_id, file_name, sha256, statement, now.number)
            weighed = self.weigh(transaction, preview, NO_ANSWERS, now)
            self.previews.keep(preview)
            return weighed

        return self.ledger.transact(cause, decide)

    def apply(self, cause: Cause, portfolio_id: UUID, import_id: UUID, given: Given) -> Outcome[Applied]:
        """Book what a preview proposed; once it is booked, this answers what was booked.

        Raises InvalidFields with everything that is open, and Conflict when the books have moved since the preview or
        the import was taken back.
        """
        preview = self._find(portfolio_id, import_id)

        def decide(transaction: Transaction) -> Applied:
            done = self._done(transaction, preview)
            if done:
                return Applied(import_id, done)
            weighed = self._weighed(transaction, preview, given)
            if weighed.open:
                raise InvalidFields(weighed.open)
            return self._booked(transaction, weighed)

        def look_again(transaction: Transaction) -> Applied:
            done = self._done(transaction, preview)
            if not done:
                raise BooksMoved
            return Applied(import_id, done)

        try:
            return self.ledger.transact(cause, decide)
        except BooksMoved:
            # What has moved them may be this very import, applied by somebody else at the same moment.
            return self.ledger.transact(cause, look_again)

    def rehearse(self, cause: Cause, portfolio_id: UUID, import_id: UUID, given: Given) -> Outcome[Weighed]:
        """What applying a preview with these answers would come to; nothing stays of it."""
        preview = self._find(portfolio_id, import_id)

        def decide(transaction: Transaction) -> Weighed:
            return transaction.rehearse(lambda: self._weighed(transaction, preview, given))

        return self.ledger.transact(cause, decide)

    def _find(self, portfolio_id: UUID, import_id: UUID) -> Preview:
        preview = self.previews.find(portfolio_id, import_id)
        if preview is None:
            raise NotFound("import", import_id)
        return preview

    def _weighed(self, transaction: Transaction, preview: Preview, given: Given) -> Weighed:
        self._guard(transaction, preview.portfolio_id)
        now = self.books.now(preview.portfolio_id)
        weighed = self.weigh(transaction, preview, given, now)
        # The books are read in several looks; of what changes nothing there is no append to find that they moved.
        if {now.number, self.books.now(preview.portfolio_id).number} != {preview.books_at}:
            raise BooksMoved
        return weighed

    def _guard(self, transaction: Transaction, portfolio_id: UUID) -> None:
        """Read everything that moves the books before the books, so that an append finds them as they were read."""
        transaction.require(PORTFOLIO, portfolio_id)
        transaction.prefetch(POSITION, self.positions_of(portfolio_id))

    def _booked(self, transaction: Transaction, weighed: Weighed) -> Applied:
        preview, entries = weighed.preview, list(weighed.entries.values())
        stream, portfolio = transaction.require(PORTFOLIO, preview.portfolio_id)
        if entries:
            imported = StatementImported(
                portfolio_id=portfolio.id,
                currency=portfolio.currency,
                import_id=preview.import_id,
                profile=preview.statement.profile,
                title=preview.statement.title,
                form=preview.statement.form,
                file_name=preview.file_name,
                sha256=preview.sha256,
                rows=len(preview.statement.rows),
                entries=len(entries),
            )
            transaction.append(stream, [imported])
        for event, at in entries:
            transaction.append(stream, [event], at=at)
        end_calls(transaction, entries)
        return Applied(preview.import_id, entries)

    def _done(self, transaction: Transaction, preview: Preview) -> Sequence[tuple[EntryPosted, datetime]]:
        """What this import has booked before. Raises TakenBack when nothing of that is left."""
        stream = transaction.load(PORTFOLIO, preview.portfolio_id)
        recorded = transaction.events_of(stream, [EntryPosted.name], str(preview.import_id))
        done = [
            (each.event, each.metadata.at)
            for each in recorded
            if isinstance(each.event, EntryPosted) and each.event.batch_id == preview.import_id
        ]
        if done and {event.entry_id for event, _ in done} <= reversed_before(
            transaction, preview.portfolio_id
        ):
            raise TakenBack
        return done


def _of_one_account(statement: Statement, account: str | None) -> Statement:
    """The rows of one of the broker's accounts. Raises Invalid when there are several, or another one is named."""
    accounts = statement.accounts
    named = account or (accounts[0] if len(accounts) == 1 else None)
    if len(accounts) > 1 and named is None:
        raise Invalid(
            "account", f"The file is about {' and '.join(accounts)}: say which one is this portfolio's."
        )
    if named is None or (not accounts and account is None):
        return statement
    if named not in accounts:
        raise Invalid(
            "account", f"The file is not about {named}, but about {' and '.join(accounts) or 'none'}."
        )
    return statement.model_copy(
        update={"rows": tuple(row for row in statement.rows if row.account in (named, None))}
    )
