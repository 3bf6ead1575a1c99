"""The `silah` command. Each group is imported only when it is asked for, so that `--help` is quick."""

import importlib

import click

from silah.config import BadSettings

COMMANDS = {  # each command, the module that has it under its name, and what it does
    "demo": ("demo", "Start everything on this computer, with five associations."),
    "dev": ("demo", "The same for a developer: started anew when a source file changes."),
    "prepare": ("prepare", "Make the database and its logins, once, as a superuser."),
    "tenants": ("tenants", "Create, list, suspend and migrate associations."),
    "migrate": ("tenants", "Bring the database to the newest revision."),
    "operator": ("operator", "Make and secure the accounts that may open the console."),
    "keys": ("keys", "Change the platform's master key."),
    "policy": ("policy", "Explain a policy's reply period."),
    "worker": ("serve", "Do the work that is owed, until told to stop."),
    "scheduler": ("serve", "Hand due work to the workers, until told to stop."),
    "check": ("check", "Say in plain lines what is wrong with this installation."),
}


class Lazy(click.Group):
    """A group whose commands are imported by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command, or give None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"silah.cli.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; settings that are missing or wrong are told plainly, with exit code 78."""
        try:
            return super().invoke(ctx)
        except BadSettings as error:
            for line in error.lines:
                click.echo(line, err=True)
            ctx.exit(78)


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="silah")
def main() -> None:
    """Silah: the beneficiary-relations policy of non-profit associations, running."""
