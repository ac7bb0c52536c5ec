"""Every command by name, and the one place where a failure becomes one clear sentence and an exit code."""

import errno
import signal
import sys
from types import FrameType

import psycopg
import psycopg_pool
import redis
import typer

from adapters.embedded.failure import EmbeddedServerFailed
from adapters.embedded.folder import InstanceRunning
from adapters.files.price_csv import BrokenPriceFile
from adapters.postgres.migrate import ChangedMigration, NewerSchema, UnfinishedRestore
from api.cli import (
    backup,
    dead_letters,
    declare_gone,
    doctor,
    export,
    freeze,
    import_file,
    migrate,
    policy,
    rebuild,
    replay,
    reseal,
    restore,
    roles,
    up,
    user,
    verify,
)
from api.cli.failure import Failure
from application.replay import ReplayStuck
from domain.refusals import Refusal

REFUSED, UNREACHABLE, UNUSABLE = 2, 3, 4
TERMINATED = 128 + signal.SIGTERM

app = typer.Typer(
    name="ballast",
    help="Rules-based investing, self-hosted. Not investment advice.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("up")(up.up)
app.command("api")(roles.api)
app.command("worker")(roles.worker)
app.command("projections")(roles.projections)
app.command("scheduler")(roles.scheduler)
app.command("freeze")(freeze.freeze)
app.command("backup")(backup.backup)
app.command("restore")(restore.restore)
app.command("declare-gone")(declare_gone.declare_gone)
app.command("import")(import_file.import_file)
app.command("export")(export.export)
app.command("replay")(replay.replay)
app.command("rebuild")(rebuild.rebuild)
app.command("migrate")(migrate.migrate)
app.command("reseal")(reseal.reseal)
app.command("verify")(verify.verify)
app.command("doctor")(doctor.doctor)
app.add_typer(policy.policy, name="policy")
app.add_typer(dead_letters.dead_letters, name="dead-letters")
app.add_typer(user.user, name="user")


def main() -> None:
    """Run a command. Exit codes: 0 done, 1 done but something differs, 2 refused, 3 unreachable, 4 unusable."""
    signal.signal(signal.SIGTERM, _terminated)
    try:
        app()
    except Failure as failure:
        _end(str(failure), failure.code)
    except (BrokenPriceFile, Refusal, ValueError) as error:
        _end(str(error), REFUSED)
    except (EmbeddedServerFailed, InstanceRunning, NewerSchema, ChangedMigration, UnfinishedRestore) as error:
        _end(str(error), UNUSABLE)
    except (psycopg.errors.DiskFull, OSError) as error:
        full = isinstance(error, psycopg.errors.DiskFull) or getattr(error, "errno", None) == errno.ENOSPC
        _end("The disk is full; free some space and start again." if full else f"{error}.", UNUSABLE)
    except (psycopg.OperationalError, psycopg_pool.PoolTimeout) as error:
        _end(f"The database does not answer: {_first_line(error)}", UNREACHABLE)
    except redis.RedisError as error:
        _end(f"Redis does not answer: {_first_line(error)}", UNREACHABLE)
    except ReplayStuck as error:
        _end(str(error), UNREACHABLE)


def _terminated(number: int, _: FrameType | None) -> None:
    """End as by Ctrl-C, with everything that was started: servers left behind would have nobody to stop them."""
    signal.signal(number, signal.SIG_IGN)
    raise SystemExit(TERMINATED)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def _end(sentence: str, code: int) -> None:
    print(f"ballast: {sentence}", file=sys.stderr)
    raise SystemExit(code)
