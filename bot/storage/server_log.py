"""Asks a PostgreSQL server what it would write about us into its log. It should be nothing.

No number of a person ever reaches the server (`docs/postgresql.md`); this keeps even sealed values and our statements
out of a log that others read, and that may live longer than our keys. Most of it only the server's superuser can set.
"""

from sqlalchemy import text

from bot.storage.engine import busy_when_unavailable, database_file, open_to_look, sync_url

QUIET = {
    "log_statement": "none",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
"""What each setting must be for the bot's role."""

_SETTINGS = text("SELECT name, setting FROM pg_settings WHERE name = ANY(:names)")
_ROLE = text("SELECT quote_ident(current_user)")


def problems(url: str) -> list[str]:
    """One sentence for each setting by which the server's log may tell something about us, with the line that mends it.

    Empty for SQLite, which writes no log.

    Raises:
        UnsafeDatabase: the address is not one that we can use, or the server does not keep what is confirmed.
        Busy: the server does not answer just now.
    """
    address = sync_url(url)
    if database_file(address) is not None:
        return []
    engine = open_to_look(address)
    try:
        with busy_when_unavailable(), engine.connect() as connection:
            found = {row.name: row.setting for row in connection.execute(_SETTINGS, {"names": list(QUIET)})}
            role = connection.execute(_ROLE).scalar_one()
    finally:
        engine.dispose()
    return [
        f"The server may write our statements or their values into its log: {name} is {found[name]}. "
        f"As its superuser: ALTER ROLE {role} SET {name} = '{wanted}';"
        for name, wanted in QUIET.items()
        if found.get(name, wanted) != wanted  # a setting that this server does not know tells nothing
    ]
