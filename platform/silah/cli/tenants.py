"""`silah tenants …` and `silah migrate`: the associations of this installation, by its owner's login."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from silah.cli.printing import as_json, plainly, progress, show
from silah.config import Settings
from silah.language.email_addresses import Unmailable, read_address
from tenants import blueprints, migrating, registering
from tenants.context import PLATFORM, serving
from tenants.database import db
from tenants.registry import Association
from tenants.rendering import upgrade_shared
from tenants.replaying import Pace

workers = click.option(
    "--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Connections that work side by side."
)


@click.group()
def tenants() -> None:
    """Create, list, suspend and migrate associations."""


def an_address(ctx: click.Context, option: click.Parameter, given: str) -> str:
    """The address as given; raises `BadParameter` for what cannot be one, before anything is made."""
    try:
        read_address(given, testing=True)
    except Unmailable as refused:
        raise click.BadParameter(str(refused)) from None
    return given


@tenants.command()
@click.argument("slug")
@click.option("--blueprint", required=True, help="Which of the blueprints it begins with.")
@click.option("--name-ar", required=True, help="Its name in Arabic.")
@click.option("--name-en", required=True, help="Its name in English.")
@click.option(
    "--admin-email",
    required=True,
    callback=an_address,
    help="Its first administrator, who gets a letter of invitation.",
)
@click.option("--admin-name", help="What to call them until they say.")
@click.option("--locale", type=click.Choice(["ar", "en"]), default="ar", show_default=True)
@as_json
def create(slug: str, as_json: bool, **wanted: Any) -> None:
    """Create an association; one whose creation broke off is finished."""
    from silah.onboarding import setup

    with installed():
        tenant = setup.create(slug, **wanted)
        with serving(PLATFORM):
            show(row(registering.get(tenant.slug)), as_json)


@tenants.command("list")
@as_json
def list_(as_json: bool) -> None:
    """List all associations."""
    with on_platform():
        show([row(one) for one in registering.listing()], as_json)


@tenants.command("show")
@click.argument("slug")
@as_json
def show_(slug: str, as_json: bool) -> None:
    """Show one association."""
    with on_platform():
        one = registering.get(slug)
        detail = {
            "id": one.id,
            "role": one.role,
            "own_domains": ", ".join(registering.hosts(one)),
            "blueprint_version": one.blueprint_version,
            "blueprint_newest": blueprints.newest().get(one.blueprint),
            "migrated_to": registering.revision(one),
            "suspended_at": one.suspended_at,
        }
        show(row(one) | detail, as_json)


@tenants.command()
@click.argument("slug")
@as_json
def suspend(slug: str, as_json: bool) -> None:
    """Stop an association's service; its data stay."""
    with on_platform():
        registering.suspend(slug)
        show(row(registering.get(slug)), as_json)


@tenants.command()
@click.argument("slug")
@as_json
def resume(slug: str, as_json: bool) -> None:
    """Open a suspended association again."""
    with on_platform():
        registering.resume(slug)
        show(row(registering.get(slug)), as_json)


@tenants.command()
@click.argument("slug")
@click.argument("domain")
@as_json
def host(slug: str, domain: str, as_json: bool) -> None:
    """Have an association answer at a domain of its own, too."""
    with on_platform():
        registering.answer_at(slug, domain)
        show(row(registering.get(slug)) | {"own_domains": domain}, as_json)


@tenants.command("migrate")
@workers
@as_json
def migrate_tenants(workers: int, as_json: bool) -> None:
    """Bring every association's schema to the newest revision."""
    with plainly():
        run(Settings.from_environment(), workers, as_json)


@click.command("migrate")
@workers
@as_json
def migrate(workers: int, as_json: bool) -> None:
    """Bring the platform's schema, then every association's, to the newest revision."""
    settings = Settings.from_environment()
    with plainly():
        upgrade_shared(settings.owner_url)
        run(settings, workers, as_json)


def run(settings: Settings, workers: int, as_json: bool) -> None:
    """Migrate all associations, showing how far it is; exit code 1 where any could not be."""
    behind = len(migrating.pending(settings))
    with progress("Migrating associations", behind) as move:
        outcome = migrating.migrate(
            settings, Pace(workers=workers), tell=lambda so_far: move(so_far.migrated + len(so_far.failed))
        )
    show({"pending": outcome.pending, "migrated": outcome.migrated, "failed": len(outcome.failed)}, as_json)
    for role, reason in outcome.failed.items():
        click.echo(f"{role}: {reason}", err=True)
    if outcome.failed:
        raise click.exceptions.Exit(1)


@contextmanager
def installed() -> Iterator[None]:
    """Within the app of this installation; what is refused is told plainly."""
    from silah.app import create_app

    app = create_app(Settings.from_environment())
    with app.app_context(), plainly():
        yield


@contextmanager
def on_platform() -> Iterator[None]:
    """Within the app, serving the platform; committed at the end."""
    with installed(), serving(PLATFORM):
        yield
        db.session.commit()


def row(one: Association) -> dict[str, Any]:
    """What a table says of an association."""
    return {
        "slug": one.slug,
        "name_ar": one.name_ar,
        "name_en": one.name_en,
        "blueprint": one.blueprint,
        "locale": one.locale,
        "state": one.state,
        "created_at": one.created_at,
    }
