"""`silah check`: what is wrong with an installation, a plain line for each thing."""

import click

from silah.cli import check_database, check_services
from silah.cli.findings import Check
from silah.config import Settings

CHECKS: tuple[Check, ...] = (
    check_services.secrets,
    check_database.check,
    check_services.redis,
    check_services.limits,
    check_services.storage,
    check_services.cache,
    check_services.mail,
    check_services.fonts,
    check_services.uploads,
)


@click.command()
def check() -> None:
    """Say in plain lines what is wrong with this installation; exit code 1 if anything is."""
    settings = Settings.from_environment()
    found = [finding for one in CHECKS for finding in one(settings)]
    for finding in found:
        mark = click.style("wrong", fg="red") if finding.wrong else click.style("note ", fg="yellow")
        click.echo(f"{mark}  {finding.text}")
    if any(finding.wrong for finding in found):
        raise click.exceptions.Exit(1)
    click.echo("Nothing is wrong.")
