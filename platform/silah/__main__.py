"""`python -m silah` is the `silah` command."""

from silah.cli import main

main(prog_name="silah")
