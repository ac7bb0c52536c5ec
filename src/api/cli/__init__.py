"""The command line: one file per command, and one place where failures become sentences."""


def main() -> None:
    """The ``ballast`` command."""
    from api.cli.main import main as run

    run()
