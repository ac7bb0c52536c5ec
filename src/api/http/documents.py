"""OpenAPI as it is: every answer's shape, every refusal a problem document, nothing only assumed."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel

from api.http.cookies import ON_THIS_MACHINE, SECURE
from api.http.gate import is_for_everybody
from api.http.problems import MEDIA_TYPE
from api.http.schemas import ProblemDocument

SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A personal token of `POST /auth/tokens`; one of the scope `read` changes nothing.",
    },
    "sign_in": {
        "type": "apiKey",
        "in": "cookie",
        "name": SECURE,
        "description": "From `POST /auth/login`; changes also need an `Origin` that is Ballast's own. On this machine "
        f"over plain HTTP its name is `{ON_THIS_MACHINE}`. With BALLAST_AUTH=open nobody needs either.",
    },
}

Documented = dict[int | str, dict[str, Any]]

PROBLEM_REFERENCE = {"$ref": "#/components/schemas/Problem"}


def answers(model: type[BaseModel], status: int = 200, **also: type[BaseModel]) -> Documented:
    """The ``responses`` of a route that writes its answer itself; ``also`` names other ones as ``s202``."""
    documented: Documented = {status: {"model": model}}
    for name, other in also.items():
        documented[int(name.removeprefix("s"))] = {"model": other}
    return documented


def describe(app: FastAPI) -> None:
    """Give the application an ``openapi()`` that writes the document once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way of extending it


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    for assumed in ("HTTPValidationError", "ValidationError"):
        schemas.pop(assumed, None)
    problem = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    document["components"]["securitySchemes"] = SECURITY_SCHEMES
    document["security"] = [{name: []} for name in SECURITY_SCHEMES]
    for path, operations in document["paths"].items():
        for operation in operations.values():
            if is_for_everybody(path):
                operation["security"] = []
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = {
                "description": "Why not (RFC 9457)",
                "content": {MEDIA_TYPE: {"schema": PROBLEM_REFERENCE}},
            }
    return document
