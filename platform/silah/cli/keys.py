"""`silah keys rotate`: every association's data key under a new master key."""

import click


@click.group()
def keys() -> None:
    """Change the platform's master key."""


@keys.command()
def rotate() -> None:
    """Wrap every key under SILAH_MASTER_KEY that lies under SILAH_MASTER_KEY_OLD; run again after a break."""
    from silah.app import create_app
    from silah.config import Settings
    from silah.staff import second_factor
    from tenants.database import owner_engine
    from tenants.keys import rewrap_all

    settings = Settings.from_environment()
    if settings.master_key_old is None:
        raise click.UsageError("SILAH_MASTER_KEY_OLD is not set: it says which master key is to be replaced")
    new, old = settings.master_keys
    done = rewrap_all(owner_engine(settings.owner_url), new, old)
    with create_app(settings).app_context():
        secrets = second_factor.reseal_all()
    click.echo(f"Associations: {done['rewrapped']} rewrapped, {done['already']} under the new key already.")
    click.echo(f"Secrets of authenticator apps: {secrets} under the new key.")
    click.echo("Recovery codes on paper that were made before end with the old key: have them made afresh.")
    if done["unreadable"]:
        raise click.ClickException(f"{done['unreadable']} open under neither key and were left as they are")
    click.echo("Take SILAH_MASTER_KEY_OLD away and restart.")
