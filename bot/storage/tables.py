"""The tables of the database. No column holds anything from which a person could be found without the key folder."""

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table

from bot.storage.sealing import LOOKUP

HEAD = "0001"
"""The newest migration that this program needs. A test holds it equal to what is in the migrations folder.

Revisions are numbered with four digits, and each leaves the schema usable for the program before it (expand, deploy,
contract): a database with a higher number is good enough for an older program during a deploy.
"""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

routing = Table(
    "routing",
    metadata,
    Column("lookup", LargeBinary(LOOKUP), primary_key=True),
    Column("key_day", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("due", BigInteger, nullable=False, index=True),
)
"""One row per chat: keyed lookup, the day of the key (days since 1970), the sealed entry, when it is due (seconds)."""
