"""Migrations: what they must give, and how they fail."""

from __future__ import annotations

import ast
import shutil
import sys
from contextlib import closing

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from channel_desk.domain.distributors import Distributor
from channel_desk.errors import UserError
from channel_desk.paths import DataFolder
from channel_desk.storage import migrating, schema
from channel_desk.storage.engine import open_engine
from channel_desk.storage.file import DataKey, connect
from channel_desk.storage.store import Store
from channel_desk.storage.tables import metadata
from tests.cli.cases import state_of
from tests.fixtures.desks import contents, furnish
from tests.storage.test_trouble import no_file_beyond


@pytest.fixture
def raw(data_folder, store):
    store.close()
    connection = connect(data_folder.database, DataKey.load(data_folder.key))
    yield connection
    connection.close()


def test_that_the_migrated_schema_is_the_one_of_the_records(raw):
    def ours(thing, name, kind, reflected, compared):
        del thing, reflected, compared
        return not (kind == "table" and name is not None and name.startswith(("search", "distributor_keys")))

    with open_engine(raw).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": True, "target_metadata": metadata}
        )
        assert [change for change in compare_metadata(context, metadata) if "search_dirty" not in str(change)] == []


def test_that_the_expected_revision_is_the_newest_one():
    scripts = ScriptDirectory(str(migrating.MIGRATIONS), version_locations=[str(migrating.MIGRATIONS / "versions")])
    assert scripts.get_current_head() == schema.REVISION


def test_that_migrations_import_nothing_of_ours():
    paths = list((migrating.MIGRATIONS / "versions").glob("*.py"))
    assert paths
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [node.module or ""]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            assert not any(name.startswith("channel_desk") for name in names), path.name


def test_that_a_newer_file_is_refused_before_anything_is_written(data_folder, clock, raw):
    raw.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('oldest_program', '99.1')")
    raw.close()
    before = data_folder.database.read_bytes()
    with pytest.raises(UserError) as caught:
        Store.open(data_folder, clock)
    assert (caught.value.code, caught.value.params["version"]) == ("data_newer", "99.1")
    assert data_folder.database.read_bytes() == before


@pytest.fixture
def next_step(tmp_path, monkeypatch):
    """A folder of migrations with further steps, written by the test."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, folder)
    monkeypatch.setattr(migrating, "MIGRATIONS", folder)

    def add(body: str, touches: str = "()"):
        before, number = schema.REVISION, f"{int(schema.REVISION) + 1:04}"
        lines = "\n".join(f"    {line}" for line in body.splitlines())
        (folder / "versions" / f"{number}_test.py").write_text(
            f"from alembic import op\nrevision = '{number}'\ndown_revision = '{before}'\nTOUCHES = {touches}\n"
            f"def upgrade():\n{lines}\n",
            "utf-8",
        )
        monkeypatch.setattr(schema, "REVISION", number)

    return add


def test_that_a_step_runs_after_a_checked_copy_was_made(data_folder, clock, store, next_step):
    furnish(store)
    store.close()
    next_step("op.execute(\"UPDATE distributors SET note = 'new'\")", touches="('distributors',)")
    again = Store.open(data_folder, clock)
    assert contents(again)["distributors"][0].note == "new"
    again.close()
    assert [path.name for path in data_folder.backups.iterdir()] == ["before-000001.db"]


def test_that_all_missing_steps_run_in_order_and_only_once(data_folder, clock, store, next_step):
    furnish(store)
    store.close()
    for word in ("a", "b", "c"):
        next_step(f"op.execute(\"UPDATE distributors SET note = note || '{word}'\")", touches="('distributors',)")
    for _ in range(2):
        again = Store.open(data_folder, clock)
        assert contents(again)["distributors"][0].note == "abc"
        again.close()
    assert len(list(data_folder.backups.iterdir())) == 1


def test_that_an_older_program_refuses_what_a_newer_one_migrated(data_folder, clock, store, next_step, monkeypatch):
    store.close()
    monkeypatch.setattr(migrating, "__version__", "9.1")
    monkeypatch.setattr(schema, "__version__", "9.1")
    next_step("op.execute('CREATE TABLE more (id INTEGER)')")
    Store.open(data_folder, clock).close()
    monkeypatch.undo()
    before = state_of(data_folder.root)
    with pytest.raises(UserError) as caught:
        Store.open(data_folder, clock)
    assert (caught.value.code, caught.value.params["version"]) == ("data_newer", "9.1")
    assert state_of(data_folder.root) == before


def test_that_nothing_is_migrated_without_a_copy_that_holds_the_same(data_folder, clock, store, next_step, monkeypatch):
    furnish(store)
    before = contents(store)
    store.close()
    next_step("op.execute(\"UPDATE distributors SET note = 'new'\")", touches="('distributors',)")
    monkeypatch.setattr(migrating, "_copy", lambda _raw, copy: copy.execute("CREATE TABLE half (id INTEGER)"))
    with pytest.raises(UserError) as caught:
        Store.open(data_folder, clock)
    assert caught.value.code == "data_unreadable"
    assert list(data_folder.backups.iterdir()) == []
    monkeypatch.undo()
    again = Store.open(data_folder, clock)
    assert contents(again) == before
    again.close()


def test_that_a_copy_has_its_name_only_when_it_is_whole(data_folder, clock, store, next_step, monkeypatch):
    """A program that is killed meanwhile leaves nothing that could be taken for a copy, and nothing for ever."""
    store.close()
    data_folder.backups.mkdir()
    for left_over in ("part.db", "part.db-wal"):
        (data_folder.backups / left_over).write_bytes(b"half")
    next_step("pass")
    seen = []

    def compare(raw, copy, path):
        seen.extend(path.name for path in data_folder.backups.glob("before-*"))
        return _compare(raw, copy, path)

    _compare = migrating._compare
    monkeypatch.setattr(migrating, "_compare", compare)
    Store.open(data_folder, clock).close()
    assert seen == []
    assert [path.name for path in data_folder.backups.iterdir()] == ["before-000001.db"]


def test_that_files_of_other_names_beside_the_copies_bar_no_way(data_folder, clock, store, next_step):
    store.close()
    data_folder.backups.mkdir()
    for name in ("before-000007.db", "before-000007 - Copy.db", "before-the trip.db"):
        (data_folder.backups / name).touch()
    next_step("pass")
    Store.open(data_folder, clock).close()
    assert (data_folder.backups / "before-000008.db").stat().st_size > 0


def test_that_a_folder_that_takes_no_copy_is_told_by_name(data_folder, clock, store, next_step):
    store.close()
    data_folder.backups.touch()
    next_step("pass")
    with pytest.raises(UserError) as caught:
        Store.open(data_folder, clock)
    assert caught.value.code == "data_folder_unusable"


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_that_nothing_stays_of_a_copy_that_found_no_space(data_folder, clock, store, next_step):
    store.write("a", lambda uow: uow.insert(Distributor(name="长", note="长" * 400_000)), undoable=False)
    before = contents(store)
    store.close()
    next_step("pass")
    with no_file_beyond(600_000), pytest.raises(UserError) as caught:
        Store.open(data_folder, clock)
    assert caught.value.code == "disk_failed"
    assert list(data_folder.backups.iterdir()) == []
    again = Store.open(data_folder, clock)
    assert contents(again) == before
    again.close()


def whole(folder: DataFolder) -> dict[str, object]:
    """What stands in the file: its schema and the rows of every table, those of the house among them."""
    with closing(connect(folder.database, DataKey.load(folder.key))) as raw:
        schema_rows = raw.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables = [name for kind, name, sql in schema_rows if kind == "table" and "VIRTUAL" not in sql]
        return {"schema": schema_rows} | {one: raw.execute(f'SELECT * FROM "{one}"').fetchall() for one in tables}


ANSWER_MORE = """\
op.execute("INSERT INTO answers (visit_id, code, value, note) SELECT visit_id, code + 1, '', '' FROM answers")"""
ROW_THAT_ITS_TABLE_FORBIDS = """\
op.execute("PRAGMA ignore_check_constraints = ON")
op.execute("CREATE TABLE more (id INTEGER CHECK (id > 0))")
op.execute("INSERT INTO more VALUES (0)")
op.execute("PRAGMA ignore_check_constraints = OFF")"""


@pytest.mark.parametrize(
    ("body", "touches"),
    [
        ("op.execute('CREATE TABLE half (id INTEGER)')\nraise RuntimeError('half way')", "()"),
        ("op.execute(\"UPDATE answers SET note = 'in secret'\")", "('contacts',)"),
        ("op.execute('DELETE FROM answers')", "('visits',)"),
        (ANSWER_MORE, "('visits',)"),
        ("op.execute('DROP TABLE answers')", "('visits',)"),
        ("op.execute('DELETE FROM distributors')", "('distributors',)"),
        (ROW_THAT_ITS_TABLE_FORBIDS, "()"),
    ],
    ids=[
        "that raises",
        "that changes a table it does not name",
        "that deletes from a table it does not name",
        "that adds to a table it does not name",
        "that drops a table it does not name",
        "that leaves children without a parent",
        "that leaves a file which is not sound",
    ],
)
def test_that_a_bad_step_is_refused_and_changes_nothing(data_folder, clock, store, next_step, body, touches):
    furnish(store)
    store.close()
    before = whole(data_folder)
    next_step(body, touches)
    with pytest.raises((UserError, RuntimeError), match=r"could not bring your data up to date|half way"):
        Store.open(data_folder, clock)
    assert whole(data_folder) == before
