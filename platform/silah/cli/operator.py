"""`silah operator …`: the accounts that may open the console of the platform."""

import getpass
import secrets
import sys
from typing import Any

import click

from silah.cli.printing import as_json, show
from silah.language.email_addresses import Unmailable, read_address

password_option = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; else one is asked for or made up."
)


@click.group()
def operator() -> None:
    """Make and secure the accounts that may open the console."""


def mailable(ctx: click.Context, argument: click.Parameter, given: str) -> str:
    """Return the address as given; raises ``BadParameter`` for what cannot be mailed, before anything is made."""
    try:
        read_address(given, testing=True)
    except Unmailable as refused:
        raise click.BadParameter(str(refused)) from None
    return given


@operator.command()
@click.argument("email", callback=mailable)
@click.option("--name", help="What to call them; by default the address.")
@password_option
@as_json
def create(email: str, name: str | None, password_stdin: bool, as_json: bool) -> None:
    """Let somebody open the console; an account that exists keeps its password."""
    from silah.cli.tenants import installed
    from silah.staff import service

    with installed():
        person = service.ensure(email, name or email, operator=True)
        made = None
        if not person.has_password:
            made = chosen(password_stdin, person.email)
            person = service.choose_password(person.id, made[0])
        show(described(person, made), as_json)


@operator.command()
@click.argument("email")
@password_option
@as_json
def password(email: str, password_stdin: bool, as_json: bool) -> None:
    """Set an operator's password anew; whoever is signed in with that account is signed out."""
    from silah.cli.tenants import installed
    from silah.staff import service

    with installed():
        person = service.find(email)
        if person is None or not person.is_operator:
            raise click.ClickException(f"{email} is no operator; see: silah operator create")
        made = chosen(password_stdin, person.email)
        show(described(service.choose_password(person.id, made[0]), made), as_json)


@operator.command("second-factor")
@click.argument("email")
@as_json
def second_factor(email: str, as_json: bool) -> None:
    """Ask somebody for no code on signing in: they have lost telephone and paper. They are told; their sessions end."""
    from silah.cli.tenants import installed
    from silah.staff import code_resets, service

    with installed():
        person = service.find(email)
        if person is None:
            raise click.ClickException(f"nobody has the address {email}")
        code_resets.by_operator(person.id)
        show(described(service.get(person.id), None), as_json)


@operator.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List who may open the console."""
    from silah.cli.tenants import installed
    from silah.staff import service

    with installed():
        show([{"email": one.email, "name": one.name, "state": one.state} for one in service.operators()], as_json)


def chosen(from_stdin: bool, email: str) -> tuple[str, bool]:
    """A password and whether we made it up: read, asked for where somebody sits there, else made up."""
    from silah.staff import passwords

    if from_stdin:
        given = sys.stdin.readline().rstrip("\n")
    elif sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != given:
            raise click.ClickException("the two passwords differ")
    else:
        return secrets.token_urlsafe(18), True
    if passwords.weakness(given, *email.split("@")):
        raise click.ClickException(
            f"a password needs {passwords.SHORTEST} characters, {passwords.FEWEST_DIFFERENT} of them different, "
            "and may not hold the address"
        )
    return given, False


def described(person: Any, made: tuple[str, bool] | None) -> dict[str, Any]:
    """What is printed; a password only if we made it up."""
    shown = {"password": made[0]} if made and made[1] else {}
    return {"email": person.email, "name": person.name, "state": person.state} | shown
