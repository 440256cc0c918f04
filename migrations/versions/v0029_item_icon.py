"""The items that may stand on a quick key are found without looking through all of them."""

from __future__ import annotations

from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.execute("CREATE INDEX item_icon ON item (id) WHERE icon <> ''")
    op.execute("CREATE INDEX item_icon_department ON item (department, id) WHERE icon <> ''")
