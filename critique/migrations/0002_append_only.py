"""The database itself refuses to change a line of the reading log or of the events."""

from django.db import migrations

TABLES = ("critique_readinglog", "critique_cycleevent")


def guard(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    if postgres:
        editor.execute(
            "CREATE FUNCTION critique_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$",
            params=(),
        )
    for table in TABLES:
        editor.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION critique_append_only()"
            if postgres
            # SQLite has no TRUNCATE, and Django empties its tables by DELETE when it flushes them.
            else f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            params=None,
        )


def unguard(apps, editor):
    postgres = editor.connection.vendor == "postgresql"
    for table in TABLES:
        editor.execute(f"DROP TRIGGER {table}_append_only" + (f" ON {table}" if postgres else ""), params=None)
    if postgres:
        editor.execute("DROP FUNCTION critique_append_only()", params=None)


class Migration(migrations.Migration):
    dependencies = [("critique", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
