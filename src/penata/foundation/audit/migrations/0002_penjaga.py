"""The log only grows: triggers refuse change and deletion on both databases. The chain begins."""

from typing import Any

from django.db import migrations

TABLES = ("audit_peristiwa", "audit_perubahan")


def guard(apps: Any, schema_editor: Any) -> None:
    """Put the triggers up and write the beginning of the chain."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION audit_tolak() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'jejak audit hanya boleh ditambah'; END $$"
        )
        for table in TABLES:
            schema_editor.execute(
                f"CREATE TRIGGER {table}_tetap BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION audit_tolak()"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_utuh BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION audit_tolak()"
            )
    else:
        for table in TABLES:
            for event in ("UPDATE", "DELETE"):
                schema_editor.execute(
                    f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} BEGIN "
                    "SELECT RAISE(ABORT, 'jejak audit hanya boleh ditambah'); END"
                )
    apps.get_model("audit", "Rantai").objects.create(pk=1, nomor=0, sidik="0" * 64)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(guard)]
