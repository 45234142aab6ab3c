"""Places to run commands in, each with a data folder and a database of its own.

SQLite, or PostgreSQL where ``PENATA_DATABASE_URL`` names one.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).parents[2]
URL = os.environ.get("PENATA_DATABASE_URL", "")
POSTGRESQL = URL.startswith("postgres")


@dataclass(frozen=True)
class Place:
    folder: Path
    url: str = ""

    @property
    def environment(self):
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("PENATA_", "DJANGO_"))}
        own = {"PENATA_DATA": str(self.folder), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "COLUMNS": "140"}
        if "PENATA_NODE_MODULES" in os.environ:
            own["PENATA_NODE_MODULES"] = os.environ["PENATA_NODE_MODULES"]
        return kept | own | ({"PENATA_DATABASE_URL": self.url} if self.url else {})

    def run(self, *words, module="penata", **options):
        command = [sys.executable, "-m", module, *map(str, words)]
        return subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False, **options
        )

    def ok(self, *words):
        done = self.run(*words)
        assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-1000:]
        return done.stdout

    def refused(self, *words):
        done = self.run(*words)
        assert done.returncode not in {0, None}, done.stdout
        assert "Traceback" not in done.stderr, done.stderr[-3000:]
        return done.stderr

    def start(self, *words, log):
        command = [sys.executable, "-m", "penata", *map(str, words)]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)

    def ask(self, sql):
        """Return what *sql* gives in this place's database."""
        if not self.url:
            import sqlite3
            from contextlib import closing

            with closing(sqlite3.connect(self.folder / "penata.sqlite3")) as connection:
                return connection.execute(sql).fetchall()
        import psycopg

        with psycopg.connect(self.url) as connection:
            return connection.execute(sql).fetchall()


def new_place(folder, like=None):
    """A place with an empty database, or with a copy of the tables of the place *like*."""
    if not POSTGRESQL:
        if like:
            folder.mkdir(parents=True)
            shutil.copyfile(like.folder / "penata.sqlite3", folder / "penata.sqlite3")
        return Place(folder)
    name = f"uji_{uuid4().hex[:12]}"
    template = f" TEMPLATE {urlsplit(like.url).path[1:]}" if like else ""
    _administer(f"CREATE DATABASE {name}{template}")
    return Place(folder, urlunsplit(urlsplit(URL)._replace(path=f"/{name}")))


def drop(place):
    if place.url:
        _administer(f"DROP DATABASE IF EXISTS {urlsplit(place.url).path[1:]} WITH (FORCE)")


def _administer(sql):
    import psycopg

    with psycopg.connect(URL, autocommit=True) as connection:
        connection.execute(sql)
