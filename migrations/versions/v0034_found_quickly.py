"""Imported sales stand in the order of their day, and serial numbers are looked for where there are any."""

from __future__ import annotations

from alembic import op

revision = "0034"
down_revision = "0033"


def upgrade() -> None:
    op.execute("DROP INDEX taken_over_sale_day")
    op.execute("CREATE INDEX taken_over_sale_day ON taken_over_sale (day, at, id)")
    op.execute(
        "CREATE INDEX sale_line_detail_serials ON sale_line_detail (serials, transaction_id, line) WHERE serials <> ''"
    )
    op.execute("CREATE INDEX return_line_serial ON return_line (item) WHERE serial <> ''")
    op.execute("CREATE INDEX return_line_instead ON return_line (\"instead\") WHERE instead_serial <> ''")
