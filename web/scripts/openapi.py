"""Write the OpenAPI document of the application, from which the page's types are made. Needs no server."""

import json
import sys

from api.configuration import Configuration
from api.http.app import create_app
from api.wiring import House

NOWHERE = "postgresql://127.0.0.1:1/none"


def document() -> str:
    """The document, each key in its place, so that equal documents are equal texts."""
    app = create_app(House(NOWHERE, "redis://127.0.0.1:1/0"), Configuration())
    return json.dumps(app.openapi(), indent=1, sort_keys=True)


if __name__ == "__main__":
    sys.stdout.write(document())
