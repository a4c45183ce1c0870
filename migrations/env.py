"""Runs the migrations, for the program itself and for the `alembic` command, in one transaction under one lock."""

import os

from alembic import context
from alembic.util import CommandError

from bot.storage.migrate import alone
from bot.storage.tables import metadata


def address() -> str:
    """The database: from the program, from `alembic -x url=...`, or from the environment."""
    url = context.config.attributes.get("url") or context.get_x_argument(as_dictionary=True).get("url")
    url = url or os.environ.get("BOT_DATABASE_URL")
    if not url:
        raise CommandError("Which database? Set BOT_DATABASE_URL, or use: alembic -x url=... COMMAND")
    return str(url)


def run() -> None:
    """Goes from the database's revision to the one that was asked for."""
    if context.is_offline_mode():
        raise CommandError("Migrations look at the database as it is; --sql is not supported.")
    with alone(address()) as connection:
        context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=True)
        with context.begin_transaction():
            context.run_migrations()


run()
