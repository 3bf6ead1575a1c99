"""`silah prepare`: the one step that needs a superuser of PostgreSQL."""

import click
from sqlalchemy.engine import make_url

from silah.cli.printing import plainly
from silah.config import Settings
from tenants.preparing import APP, OWNER
from tenants.preparing import prepare as prepare_database


@click.command()
@click.argument("superuser_url")
def prepare(superuser_url: str) -> None:
    """Make the database and its logins, with the passwords in SILAH_DATABASE_URL and SILAH_OWNER_URL."""
    settings = Settings.from_environment()
    if not settings.owner_url:
        raise click.ClickException("SILAH_OWNER_URL is not set")
    app, owner = make_url(settings.database_url), make_url(settings.owner_url)
    if (app.username, owner.username) != (APP, OWNER) or not (app.password and owner.password):
        raise click.ClickException(f"the logins are {APP} (SILAH_DATABASE_URL) and {OWNER} (SILAH_OWNER_URL)")
    superuser = make_url(superuser_url).set(drivername="postgresql+psycopg2")
    with plainly():
        prepare_database(
            superuser.render_as_string(hide_password=False),
            owner_password=owner.password,
            app_password=app.password,
            database=app.database or "silah",
        )
    click.echo(f"The database {app.database} is ready; next: silah migrate")
