"""The first schema.

A migration imports nothing of ours: it must do the same for ever, whatever becomes of the records.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: Tables this revision changes; the runner proves that all others are untouched.
TOUCHES = (
    "answers",
    "commitments",
    "contacts",
    "distributors",
    "expected_objections",
    "meta",
    "participants",
    "preferences",
    "row_changes",
    "search_dirty",
    "slides",
    "training_sessions",
    "visits",
)

#: The search index (SQLite only; see storage/search).
SEARCH: tuple[str, ...] = (
    """CREATE VIRTUAL TABLE search_short
    USING fts5(grams, content='', contentless_delete=1, detail=none, tokenize='ascii')""",
    """CREATE VIRTUAL TABLE search_long
    USING fts5(text, content='', contentless_delete=1, tokenize='trigram case_sensitive 1')""",
    """CREATE TABLE search_documents (document INTEGER PRIMARY KEY, digest INTEGER NOT NULL)""",
    """CREATE TABLE search_keys (
        distributor_id INTEGER PRIMARY KEY, sort_key TEXT NOT NULL, city_key TEXT NOT NULL, code TEXT NOT NULL,
        tier TEXT, status TEXT NOT NULL, region TEXT NOT NULL, confirmed_on TEXT, name_label INTEGER NOT NULL DEFAULT 0
    )""",
    """CREATE INDEX ix_search_keys_name ON search_keys (sort_key, distributor_id, name_label)""",
    """CREATE INDEX ix_search_keys_label ON search_keys (name_label)""",
    """CREATE INDEX ix_search_keys_filters ON search_keys (status, tier, region, confirmed_on, city_key)""",
)


def upgrade() -> None:
    op.create_table(
        "distributors",
        sa.Column("id", sa.Integer()),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("short_name", sa.Text(), nullable=False),
        sa.Column("former_name", sa.Text(), nullable=False),
        sa.Column("legal_person", sa.Text(), nullable=False),
        sa.Column("licence_no", sa.Text(), nullable=False),
        sa.Column("founded_on", sa.Date()),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("province", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("district", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("postal_code", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("territory", sa.Text(), nullable=False),
        sa.Column("channel_type", sa.Text()),
        sa.Column("level", sa.Text()),
        sa.Column("tier", sa.Text()),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("status_reason", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("stores", sa.Integer()),
        sa.Column("outlets", sa.Integer()),
        sa.Column("staff", sa.Integer()),
        sa.Column("sales_people", sa.Integer()),
        sa.Column("vehicles", sa.Integer()),
        sa.Column("warehouse_m2", sa.Integer()),
        sa.Column("other_brands", sa.Text(), nullable=False),
        sa.Column("industries", sa.Text(), nullable=False),
        sa.Column("decision_chain", sa.Text(), nullable=False),
        sa.Column("habits", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("owner_level", sa.Text()),
        sa.Column("lead_source", sa.Text(), nullable=False),
        sa.Column("since_on", sa.Date()),
        sa.Column("contract_from", sa.Date()),
        sa.Column("contract_to", sa.Date()),
        sa.Column("contract_territory", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("annual_sales_minor", sa.Integer()),
        sa.Column("credit_limit_minor", sa.Integer()),
        sa.Column("terms_days", sa.Integer()),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("extra", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date()),
        sa.Column("created_at", sa.DateTime()),
        sa.Column("updated_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("id", name="pk_distributors"),
    )
    op.create_index("ix_distributors_code", "distributors", ["code"])
    op.create_index("ix_distributors_public_id", "distributors", ["public_id"])
    op.create_index("ix_distributors_region", "distributors", ["region"])
    op.create_table(
        "meta",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "preferences",
        sa.Column("id", sa.Integer()),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preferences"),
    )
    op.create_index("ix_preferences_key", "preferences", ["key"], unique=True)
    op.create_table(
        "row_changes",
        sa.Column("id", sa.Integer()),
        sa.Column("transaction_no", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("distributor_id", sa.Integer()),
        sa.Column("before", sa.Text()),
        sa.Column("after", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_row_changes"),
    )
    op.create_index("ix_row_changes_distributor_id", "row_changes", ["distributor_id"])
    op.create_index("ix_row_changes_transaction_no", "row_changes", ["transaction_no"])
    op.create_index(
        "ix_row_changes_table_name_row_id",
        "row_changes",
        ["table_name", "row_id"],
        sqlite_where=sa.text("after IS NULL"),
    )
    op.create_table(
        "search_dirty",
        sa.Column("distributor_id", sa.Integer(), nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("distributor_id", name="pk_search_dirty"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer()),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("distributor_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_2", sa.Text(), nullable=False),
        sa.Column("fax", sa.Text(), nullable=False),
        sa.Column("chat_id", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("birthday_on", sa.Date()),
        sa.Column("birthday_lunar", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("interests", sa.Text(), nullable=False),
        sa.Column("decision_role", sa.Text()),
        sa.Column("attitude", sa.Text()),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("approach", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["distributor_id"], ["distributors.id"], name="fk_contacts_distributor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_distributor_id", "contacts", ["distributor_id"])
    op.create_table(
        "training_sessions",
        sa.Column("id", sa.Integer()),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("distributor_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("subtitle", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("trainer", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("head_count", sa.Integer()),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime()),
        sa.Column("updated_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["distributor_id"], ["distributors.id"], name="fk_training_sessions_distributor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_training_sessions"),
    )
    op.create_index("ix_training_sessions_distributor_id", "training_sessions", ["distributor_id"])
    op.create_index("ix_training_sessions_starts_at", "training_sessions", ["starts_at"])
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer()),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("distributor_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("appointment", sa.Text(), nullable=False),
        sa.Column("our_people", sa.Text(), nullable=False),
        sa.Column("result_wanted", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("may_promise", sa.Text(), nullable=False),
        sa.Column("ask_first", sa.Text(), nullable=False),
        sa.Column("not_today", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text()),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("current_code", sa.Integer()),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("interest", sa.Integer()),
        sa.Column("fit", sa.Integer()),
        sa.Column("strength", sa.Integer()),
        sa.Column("verdict", sa.Text()),
        sa.Column("verdict_reason", sa.Text(), nullable=False),
        sa.Column("next_step", sa.Text(), nullable=False),
        sa.Column("next_step_on", sa.Date()),
        sa.Column("no_next_step", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("started_at", sa.DateTime()),
        sa.Column("closed_at", sa.DateTime()),
        sa.Column("created_at", sa.DateTime()),
        sa.Column("updated_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["distributor_id"], ["distributors.id"], name="fk_visits_distributor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index("ix_visits_distributor_id_starts_at_status", "visits", ["distributor_id", "starts_at", "status"])
    op.create_index("ix_visits_starts_at_status_distributor_id", "visits", ["starts_at", "status", "distributor_id"])
    op.create_index("ix_visits_status_ends_at_starts_at", "visits", ["status", "ends_at", "starts_at"])
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer()),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_answers_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_visit_id_code", "answers", ["visit_id", "code"], unique=True)
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer()),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("distributor_id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer()),
        sa.Column("direction", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("promised_by", sa.Text(), nullable=False),
        sa.Column("promised_to", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("amount_minor", sa.Integer()),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=False),
        sa.Column("approved_on", sa.Date()),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("evidence_note", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("fulfilled_on", sa.Date()),
        sa.Column("outcome_note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime()),
        sa.Column("updated_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["distributor_id"], ["distributors.id"], name="fk_commitments_distributor_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_commitments_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
    )
    op.create_index(
        "ix_commitments_distributor_id_status_direction_due_on",
        "commitments",
        ["distributor_id", "status", "direction", "due_on"],
    )
    op.create_index(
        "ix_commitments_status_due_on_distributor_id", "commitments", ["status", "due_on", "distributor_id"]
    )
    op.create_index(
        "ix_commitments_direction_due_on_id_status",
        "commitments",
        ["direction", "due_on", "id", "status"],
        sqlite_where=sa.text("status IN ('disputed', 'draft', 'open')"),
    )
    op.create_index("ix_commitments_visit_id", "commitments", ["visit_id"])
    op.create_table(
        "expected_objections",
        sa.Column("id", sa.Integer()),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("they_say", sa.Text(), nullable=False),
        sa.Column("ask_first", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("bring", sa.Text(), nullable=False),
        sa.Column("raised", sa.Boolean(create_constraint=False), nullable=False),
        sa.Column("overcome", sa.Boolean(create_constraint=False)),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_expected_objections_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_expected_objections"),
    )
    op.create_index("ix_expected_objections_visit_id", "expected_objections", ["visit_id"])
    op.create_table(
        "participants",
        sa.Column("id", sa.Integer()),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_participants_contact_id"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_participants_visit_id"),
        sa.PrimaryKeyConstraint("id", name="pk_participants"),
    )
    op.create_index("ix_participants_contact_id", "participants", ["contact_id"])
    op.create_index("ix_participants_visit_id_contact_id", "participants", ["visit_id", "contact_id"], unique=True)
    op.create_table(
        "slides",
        sa.Column("id", sa.Integer()),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("module", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("kicker", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["training_sessions.id"], name="fk_slides_session_id"),
        sa.PrimaryKeyConstraint("id", name="pk_slides"),
    )
    op.create_index("ix_slides_session_id_position", "slides", ["session_id", "position"])
    for statement in SEARCH:
        op.execute(statement)
