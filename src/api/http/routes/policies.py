"""A portfolio's strategy: draft, read, compare, approve."""

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Query, Request, Response

from api.http.access import Principal
from api.http.answers import encode, json_answer, moment, page_answer
from api.http.asked import OwnPortfolio, TheHouse, UpToDate
from api.http.commands import ACommand
from api.http.documents import answers
from api.http.fields import Body
from api.http.problems import invalid
from api.http.routes.runs import ACCEPTED
from api.http.schemas import Page
from api.http.schemas.policies import ArchivedPolicy, ManifestoPage, PolicySchema, PolicyStep, PortfolioPolicy
from api.http.schemas.reviews import Verdict
from api.http.strict_request import StrictRoute
from api.http.verdicts import verdict_json, waiting
from api.wiring import House
from application.policies import MANIFESTO_CHARACTERS_MAX, Strategy, manifesto_faults
from application.ports import Archives
from domain.policy import canonical, parse, understand
from domain.policy.canonical import Json
from domain.policy.difference import Change, differences
from domain.policy.figures import figures, in_percent, is_part_of_one, spelled
from domain.policy.manifesto import pieces, problems, render
from domain.policy.schema import policy_schema
from domain.portfolio.events import PolicyRef
from domain.portfolio.state import Portfolio
from domain.refusals import InvalidFields, NotFound
from projections import policies as rows
from projections import portfolios, reviews

router = APIRouter(tags=["policy"], route_class=StrictRoute)

DRAFT = {
    "required": True,
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["policy"],
                "additionalProperties": False,
                "properties": {
                    "policy": {"type": "object", "description": "See /policies/schema"},
                    "manifesto": {"type": ["string", "null"], "maxLength": MANIFESTO_CHARACTERS_MAX},
                },
            }
        }
    },
}


class Approval(Body):
    """The hash of the draft that was read; null approves whatever is the draft now."""

    policy_hash: str | None = None


async def a_strategy(request: Request) -> Strategy:
    """The strategy of a request, every number kept exactly. Raises InvalidFields."""
    await request.json()  # refuses what is too deep, and says so as everywhere
    body = parse(await request.body())
    if not isinstance(body, dict) or "policy" not in body:
        raise invalid(("policy", "This field is required."))
    unknown = sorted(body.keys() - {"policy", "manifesto"})
    if unknown:
        raise invalid(*((key, "There is no such field.") for key in unknown))
    manifesto = body.get("manifesto")
    if manifesto is not None and not isinstance(manifesto, str):
        raise invalid(("manifesto", "Must be a text in Markdown."))
    if manifesto is not None and (faults := manifesto_faults(manifesto)):
        raise invalid(*(("manifesto", sentence) for sentence in faults))
    try:
        return Strategy(understand(body["policy"]), manifesto)
    except InvalidFields as error:
        raise invalid(*((_beneath(path), sentence) for path, sentence in error.errors)) from None


@router.put(
    "/portfolios/{portfolio_id}/policy",
    responses=answers(PortfolioPolicy),
    response_model=None,
    openapi_extra={"requestBody": DRAFT},
)
def draft(
    house: TheHouse,
    command: ACommand,
    portfolio_id: OwnPortfolio,
    strategy: Annotated[Strategy, Depends(a_strategy)],
    dry_run: Annotated[bool, Query(description="Answer how it would stand, store nothing")] = False,
) -> Response:
    """Put a policy forward; whatever is wrong with it is said at once, and then nothing is stored.

    With ``dry_run`` nothing is stored either way, and no key is needed.
    """
    if dry_run:
        tried = house.draft_policy.rehearse(command.cause(), portfolio_id, strategy)
        return json_answer(_rehearsed(house, tried.answer, strategy))
    return command.run(
        lambda cause: house.draft_policy(cause, portfolio_id, strategy),
        lambda portfolio: _written(house, portfolio),
    )


@router.post(
    "/portfolios/{portfolio_id}/policy/approve", responses=answers(PortfolioPolicy), response_model=None
)
def approve(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio, body: Approval) -> Response:
    """Make the draft what runs follow; the portfolio's constituents become its instruments."""
    return command.run(
        lambda cause: house.approve_policy(cause, portfolio_id, body.policy_hash),
        lambda portfolio: _written(house, portfolio),
    )


@router.post(
    "/portfolios/{portfolio_id}/policy/review",
    responses=answers(Verdict, ACCEPTED),
    response_model=None,
    status_code=ACCEPTED,
)
def review(house: TheHouse, command: ACommand, portfolio_id: OwnPortfolio) -> Response:
    """Ask the configured model for its opinion of the draft, or another one. It comes later, and approves nothing."""
    return command.run(
        lambda cause: house.ask_for_review.of_draft(cause, portfolio_id),
        lambda _: waiting(house.ledger.clock()),
        ACCEPTED,
    )


@router.get(
    "/portfolios/{portfolio_id}/policy",
    responses=answers(PortfolioPolicy),
    response_model=None,
    dependencies=[UpToDate],
)
def one(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """What its runs follow, what waits for approval, and how that differs."""
    with house.pool.connection() as connection:
        portfolio = portfolios.one(connection, portfolio_id)
    if portfolio is None:
        raise NotFound("portfolio", portfolio_id)
    return json_answer(_written(house, portfolio))


@router.get(
    "/portfolios/{portfolio_id}/policy/history",
    responses=answers(Page[PolicyStep]),
    response_model=None,
    dependencies=[UpToDate],
)
def history(house: TheHouse, portfolio_id: OwnPortfolio) -> Response:
    """Every step of its policies, who took it and when, newest first."""
    with house.pool.connection() as connection:
        steps = rows.of_portfolio(connection, portfolio_id)
    return page_answer([_step(each) for each in steps], None)


@router.get(
    "/portfolios/{portfolio_id}/policy/manifesto",
    responses=answers(ManifestoPage),
    response_model=None,
    dependencies=[UpToDate],
)
def manifesto(
    house: TheHouse, portfolio_id: OwnPortfolio, version: Literal["active", "draft"] = "active"
) -> Response:
    """The manifesto of the active policy or of the draft, with the policy's own figures in it, as Markdown."""
    with house.pool.connection() as connection:
        portfolio = portfolios.one(connection, portfolio_id)
    ref = None if portfolio is None else portfolio.policy if version == "active" else portfolio.draft
    if ref is None:
        raise NotFound(f"{version} policy of portfolio", portfolio_id)
    document = parse(_text(house.archives, ref.policy_hash))
    prose = None if ref.manifesto_hash is None else _text(house.archives, ref.manifesto_hash)
    return json_answer(
        encode(
            {
                "portfolio_id": portfolio_id,
                "version": ref.version,
                "policy_hash": ref.policy_hash,
                "manifesto_hash": ref.manifesto_hash,
                "markdown": render(document, prose),
                "pieces": [{"text": each.text, "path": each.path} for each in pieces(document, prose or "")],
                "figures": [_figure(path, figure) for path, figure in figures(document).items()],
                "problems": [
                    {"line": each.line, "sentence": each.sentence} for each in problems(document, prose or "")
                ],
            }
        )
    )


@router.get("/policies/schema", responses=answers(PolicySchema), response_model=None)
def schema(currency: Annotated[str, Query(pattern="^[A-Z]{3}$")] = "GBP") -> Response:
    """The JSON Schema of a policy in a base currency."""
    return json_answer(encode(policy_schema(currency)))


@router.get("/policies/{policy_hash}", responses=answers(ArchivedPolicy), response_model=None)
def archived(house: TheHouse, principal: Principal, policy_hash: str) -> Response:
    """A policy that a portfolio of one's own has or had, by its hash."""
    with house.pool.connection() as connection:
        text = rows.text(connection, principal, policy_hash)
    if text is None:
        raise NotFound("policy", policy_hash)
    return json_answer(encode({"policy_hash": policy_hash, "policy": msgspec.Raw(text.encode())}))


def _beneath(path: str) -> str:
    return path if path == "policy" else f"policy.{path}"


def _written(house: House, portfolio: Portfolio) -> bytes:
    archives = house.archives
    return encode(
        {
            "portfolio_id": portfolio.id,
            "active": _version(archives, portfolio.policy),
            "draft": _version(archives, portfolio.draft),
            "changes": [_change(each) for each in _changes(archives, portfolio.policy, portfolio.draft)],
            "verdict": _verdict(house, portfolio),
        }
    )


def _rehearsed(house: House, portfolio: Portfolio, strategy: Strategy) -> bytes:
    """How the portfolio would stand with a draft that nothing keeps."""
    active, document = portfolio.policy, strategy.policy.document
    changes = (
        [] if active is None else differences(parse(_text(house.archives, active.policy_hash)), document)
    )
    version = strategy.ref.model_dump() | {
        "policy": msgspec.Raw(canonical(document).encode()),
        "manifesto": strategy.manifesto,
    }
    return encode(
        {
            "portfolio_id": portfolio.id,
            "active": _version(house.archives, active),
            "draft": None if portfolio.draft is None else version,
            "changes": [_change(each) for each in changes],
            "verdict": None,
        }
    )


def _verdict(house: House, portfolio: Portfolio) -> dict[str, Any] | None:
    if portfolio.draft is None:
        return None
    with house.pool.connection() as connection:
        return verdict_json(reviews.of_policy(connection, portfolio.id, portfolio.draft.policy_hash))


def _changes(archives: Archives, active: PolicyRef | None, drafted: PolicyRef | None) -> list[Change]:
    if active is None or drafted is None:
        return []
    before, after = (parse(_text(archives, ref.policy_hash)) for ref in (active, drafted))
    return differences(before, after)


def _change(each: Change) -> dict[str, Any]:
    return {"path": each.path, "before": each.before, "after": each.after, "sentence": each.sentence()}


def _figure(path: str, figure: Json) -> dict[str, Any]:
    percent = in_percent(figure) if is_part_of_one(path) else None
    return {"path": path, "value": spelled(figure), "percent": percent}


def _version(archives: Archives, ref: PolicyRef | None) -> dict[str, Any] | None:
    if ref is None:
        return None
    return ref.model_dump() | {
        "policy": msgspec.Raw(_text(archives, ref.policy_hash).encode()),
        "manifesto": None if ref.manifesto_hash is None else _text(archives, ref.manifesto_hash),
    }


def _text(archives: Archives, content_hash: str) -> str:
    text = archives.text(content_hash)
    if text is None:
        raise NotFound("archived text", content_hash)
    return text


def _step(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "status": row["status"],
        "policy_hash": row["policy_hash"],
        "manifesto_hash": row["manifesto_hash"],
        "version": row["version"],
        "by": row["actor"],
        "at": moment(row["at"]),
    }
