"""PostgreSQL finds a word inside sixty thousand names by trigrams instead of reading them all.

SQLite reads its index of names from end to end in a few milliseconds and needs no other.
"""

from typing import Any

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

NAME = "pegawai_pegawai_cari_trigram"


def make(_apps: Any, editor: Any) -> None:
    """Index the parts of the names."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"CREATE INDEX {NAME} ON pegawai_pegawai USING gin (cari gin_trgm_ops)")


def drop(_apps: Any, editor: Any) -> None:
    """Take the index away."""
    if editor.connection.vendor == "postgresql":
        editor.execute(f"DROP INDEX {NAME}")


class Migration(migrations.Migration):
    dependencies = [
        ("pegawai", "0004_masuk"),
    ]

    operations = [
        TrigramExtension(),
        migrations.RunPython(make, drop),
    ]
