"""The list of commands, and what `largesse` alone says."""

from importlib.metadata import version

import click

from largesse.cli import check, create_admin, explain, migrate, serve
from largesse.cli.demo import command as demo
from largesse.cli.eval import command as evaluation
from largesse.cli.job_worker import OpenWork, job_worker_command
from largesse.cli.worker import OpenApplication, worker_command

HELP = """Largesse: a self-hosted promotion and loyalty engine that speaks Talon.One's wire format.

`largesse demo` shows a shop with campaigns and coupons in a minute; `largesse serve` is the real thing.
"""


def command_line(open_application: OpenApplication, open_work: OpenWork) -> click.Group:
    """The program `largesse`; `open_application` is what its workers serve, `open_work` what is done beside that."""
    return click.Group(
        "largesse",
        help=HELP,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
        params=[_VERSION],
        commands=[
            demo.COMMAND,
            serve.COMMAND,
            migrate.COMMAND,
            create_admin.COMMAND,
            evaluation.COMMAND,
            check.COMMAND,
            explain.COMMAND,
            worker_command(open_application),
            job_worker_command(open_work),
        ],
    )


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"largesse {version('largesse')}")
        context.exit()


_VERSION = click.Option(
    ["--version"],
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
