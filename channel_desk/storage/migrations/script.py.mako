"""${message}"""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}

#: Tables this revision changes; the runner proves that all others are untouched.
TOUCHES = ()


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}
