"""``ballast up``: everything on one machine, with embedded servers unless others are configured."""

import ipaddress
import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from adapters.embedded.folder import DataFolder
from adapters.embedded.servers import Servers, open_servers
from adapters.seals.sealing import Sealer
from api.cli.failure import Failure
from api.cli.options import Data
from api.configuration import Configuration
from api.logs import configure
from api.secrets_folder import callback_secret, sealing_key
from api.seed import seed
from api.supervisor import Supervisor
from api.wiring import House

ROLES = ("api", "scheduler", "worker", "projections")
UNUSABLE = 4
READY_PATIENCE_SECONDS = 60.0
READY_POLL_SECONDS = 0.1


def up(
    port: Annotated[
        int | None, typer.Option(help="Where to listen.", show_default="$BALLAST_PORT or 8000")
    ] = None,
    data: Data = None,
    empty: Annotated[bool, typer.Option("--empty", help="Start without the paper portfolio.")] = False,
) -> None:
    """Run everything: servers, API, worker, projections, scheduler. Ctrl-C stops it all cleanly."""
    configuration = Configuration()
    configure(configuration.log_level)
    host, port = configuration.host, port or configuration.port
    _require_loopback(configuration)
    _require_free(host, port)
    address = f"http://{host}:{port}"
    folder = DataFolder(data or configuration.data)
    with open_servers(
        folder.root, configuration.database_url, configuration.redis_url, what=address
    ) as servers:
        if servers.holder is not None:
            raise Failure(
                f"Ballast already runs on {folder.root}: {servers.holder.what} (process {servers.holder.pid}).",
                UNUSABLE,
            )
        _prepare(servers, empty=empty)
        folder.prepare()
        Sealer(configuration.sealing_key or sealing_key(folder.secrets))  # a key that is none is said at once
        secret = configuration.callback_secret
        given = secret.get_secret_value() if secret else callback_secret(folder.secrets)
        environment = _environment(servers, folder.root, host, port, given)
        supervisor = Supervisor(
            {role: (sys.executable, "-m", "api.cli", role) for role in ROLES},
            environment,
            folder.logs,
            servers,
        )
        threading.Thread(target=_greet, args=(address, configuration.auth), daemon=True).start()
        supervisor.run()


def _prepare(servers: Servers, *, empty: bool) -> None:
    house = House(servers.database_url, servers.redis_url)
    try:
        house.prepare_database()
        if not empty and house.restored.may_act():
            seed(house)
    finally:
        house.close()


def _environment(servers: Servers, data: Path, host: str, port: int, secret: str) -> Mapping[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "BALLAST_DATA": str(data),
        "BALLAST_HOST": host,
        "BALLAST_PORT": str(port),
        "BALLAST_CALLBACK_SECRET": secret,
    }


def _require_loopback(configuration: Configuration) -> None:
    """Without sign-in only the person at this machine may come in."""
    try:
        local = ipaddress.ip_address(configuration.host).is_loopback
    except ValueError:
        local = configuration.host == "localhost"
    if configuration.auth == "open" and not local:
        raise Failure(
            f"BALLAST_AUTH=open serves this machine only, not {configuration.host}; "
            "leave BALLAST_HOST at 127.0.0.1, or let people sign in: BALLAST_AUTH=password.",
            UNUSABLE,
        )


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Failure(
                f"Port {port} on {host} is in use; choose another with --port.", UNUSABLE
            ) from error


def _greet(address: str, auth: str) -> None:
    """Say where Ballast is once it answers, and what to try."""
    deadline = time.monotonic() + READY_PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health/live", timeout=1):  # noqa: S310  # our own http address
                break
        except (urllib.error.URLError, OSError):
            time.sleep(READY_POLL_SECONDS)
    else:
        return
    console = Console(highlight=False, soft_wrap=True)
    if auth != "open":
        console.print(f"\nBallast is at [bold]{address}[/bold]  (Ctrl-C stops it). People sign in there;")
        console.print("give somebody an account with:  ballast user add NAME\n")
        return
    console.print(f"\nBallast is at [bold]{address}[/bold]  (Ctrl-C stops it). Try:\n")
    console.print(f"  curl {address}/positions")
    console.print(f"  curl '{address}/events?type=position.execution_booked'")
    console.print(f"  curl '{address}/events?type=position.skipped'\n")
