"""``python -m api.cli``: how one Ballast program starts another."""

from api.cli import main

main()
