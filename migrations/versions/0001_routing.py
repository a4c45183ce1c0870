"""The first table: one sealed, expiring entry per chat."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "routing",
        sa.Column("lookup", sa.LargeBinary(16), nullable=False),
        sa.Column("key_day", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("lookup", name="pk_routing"),
    )
    op.create_index("ix_routing_due", "routing", ["due"])


def downgrade() -> None:
    op.drop_index("ix_routing_due", table_name="routing")
    op.drop_table("routing")
