"""Put strategies that lie in files forward as drafts: each content once, approved by none but a person (DOMAIN §7)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

import structlog

from application.alerts import Concern, raise_alert, settle_alert
from application.ledger import Cause, Ledger, Outcome, Transaction
from application.policies import Strategy, read_strategy
from application.ports.policy_folder import PolicyFiles, PolicyFolder, TriedFiles
from domain.portfolio.state import Portfolio
from domain.refusals import Invalid, InvalidFields, NotFound, Refusal
from domain.streams import PORTFOLIO

log = structlog.get_logger()

ACTOR = "ballast:policy_files"
RULE = "policy_files"
TOLD_MAX = 50


@dataclass(frozen=True, slots=True)
class LoadPolicyFiles:
    """The use case. What is wrong with a folder is one alert, until it has changed into something that is right."""

    ledger: Ledger
    folder: PolicyFolder
    tried: TriedFiles
    draft: Callable[[Cause, UUID, Strategy], Outcome[Portfolio]]

    def __call__(self) -> int:
        """Try what has changed since it was last tried, and answer how many strategies were put forward."""
        with self.tried.alone() as alone:
            return sum(self._load(each) for each in self.folder.settled()) if alone else 0

    def _load(self, files: PolicyFiles) -> bool:
        if self.tried.sha256(files.name) == files.sha256:
            return False
        portfolio_id = self._portfolio(files.name)
        problems = self._problems(files, portfolio_id)
        self._tell(files, portfolio_id, problems)
        self.tried.remember(files.name, files.sha256, self.ledger.clock())
        log.info("policy_files.tried", folder=files.name, problems=len(problems))
        return not problems

    def _portfolio(self, name: str) -> UUID | None:
        """The portfolio that a folder is named for."""
        try:
            portfolio_id = UUID(name)
            return None if self.ledger.load(PORTFOLIO, portfolio_id).state is None else portfolio_id
        except (ValueError, NotFound):
            return None

    def _problems(self, files: PolicyFiles, portfolio_id: UUID | None) -> Sequence[str]:
        """Put the files forward; what is wrong with them, each in a sentence."""
        if files.problem is not None:
            return [files.problem]
        if portfolio_id is None:
            return ["The folder must be named by the id of a portfolio, and there is none of this id."]
        try:
            self.draft(self._cause(), portfolio_id, read_strategy(files.policy, files.manifesto))
        except InvalidFields as refused:
            return [f"{field}: {sentence}" for field, sentence in refused.errors]
        except Invalid as refused:
            return [f"{refused.field}: {refused}"]
        except Refusal as refused:
            return [str(refused)]
        return []

    def _tell(self, files: PolicyFiles, portfolio_id: UUID | None, problems: Sequence[str]) -> None:
        rule = RULE if portfolio_id is not None else f"{RULE}/{files.name}"

        def decide(transaction: Transaction) -> None:
            reason = "Files were tried again." if problems else "The files were put forward as the draft."
            settle_alert(transaction, (portfolio_id, None, rule), reason)
            if problems:
                sentence = f"The files in policies/{files.name} are no draft. {_listed(problems)}"
                raise_alert(transaction, Concern(portfolio_id, None, rule, "WARN", sentence))

        self.ledger.transact(self._cause(), decide)

    def _cause(self) -> Cause:
        run_id = self.ledger.run_id()
        return Cause(actor=ACTOR, correlation_id=run_id, run_id=run_id)


def _listed(problems: Sequence[str]) -> str:
    more = len(problems) - TOLD_MAX
    return " ".join(problems[:TOLD_MAX]) + (f" And {more} more." if more > 0 else "")
