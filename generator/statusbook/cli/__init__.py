"""The command `statusbook`: reads arguments, clock and environment, and prints."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from statusbook import __version__
from statusbook.problems import StatusbookError

_COMMANDS = {
    "build": ("statusbook.cli.build", "build", "Build the sites from the files of this folder."),
    "check": ("statusbook.cli.check", "check", "Say everything that is wrong in the files."),
    "import": ("statusbook.cli.import_", "import_", "Take over the history of another tool."),
    "serve": ("statusbook.cli.serve", "serve", "Build, show on this machine, and follow changes."),
}


class _Late(click.Group):
    """Loads a command's module when it is called, so that a start costs no more than it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in order of the alphabet."""
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command."""
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, _COMMANDS[name][2]) for name in sorted(_COMMANDS)])


@click.group(cls=_Late, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="statusbook")
def statusbook() -> None:
    """Status pages and incident-communication plans from Markdown and YAML in git."""


def main() -> None:
    """Run the command line; end with 1 where something is wrong, 2 where the call was."""
    try:
        statusbook.main(standalone_mode=False)
    except click.exceptions.Exit as left:
        sys.exit(left.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except StatusbookError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
