"""Reads the settings an office may change from the environment, and fails loudly on a malformed value."""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "ya", "yes", "on"}
FALSE = {"", "0", "false", "tidak", "no", "off"}
# Readers never wait for the writer, and the writer asks for its lock before it reads (no deadlock half-way).
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824; "
    "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
)


class ConfigurationError(ValueError):
    """A setting cannot be used; the message names the variable and what it should look like."""


def flag(name: str) -> bool:
    """Return the yes-or-no variable *name*."""
    value = os.environ.get(name, "").strip().lower()
    if value not in TRUE | FALSE:
        raise ConfigurationError(f"{name} harus 'ya' atau 'tidak', bukan '{value}'")
    return value in TRUE


def kept(name: str, defaults: Mapping[str, int]) -> dict[str, int]:
    """Return how many days each kind of thing is kept: *defaults*, but for what ``kind=days, kind=days`` says."""
    found = dict(defaults)
    for part in listed(name):
        kind, _equals, text = (piece.strip() for piece in part.partition("="))
        if kind not in defaults or not text.isdecimal() or not int(text):
            kinds = ", ".join(defaults)
            raise ConfigurationError(f"{name} harus seperti ekspor=30,jurnal=400 (kenal: {kinds}), bukan '{part}'")
        found[kind] = int(text)
    return found


def listed(name: str, default: str = "") -> list[str]:
    """Return the comma-separated variable *name*."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key(folder: Path) -> str:
    """Return ``PENATA_SECRET_KEY``, or the key kept in the data folder, made at first use."""
    if given := os.environ.get("PENATA_SECRET_KEY"):
        return given
    file = folder / "kunci-rahasia"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
                new.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass  # another process was first
    return file.read_text()


def database(folder: Path) -> dict[str, Any]:
    """Return the database: SQLite in *folder*, or what ``PENATA_DATABASE_URL`` names.

    Accepted are ``postgresql://user:password@host:port/name?option=value`` and ``sqlite:////absolute/path``.
    """
    url = os.environ.get("PENATA_DATABASE_URL", "")
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)[1:]) if url else folder / "penata.sqlite3")
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ConfigurationError(
            "PENATA_DATABASE_URL harus postgresql://pengguna:sandi@server:5432/nama atau sqlite:////jalur/berkas"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "OPTIONS": _postgresql_options(dict(parse_qsl(parts.query, keep_blank_values=True))),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def _postgresql_options(given: dict[str, str]) -> dict[str, str]:
    """Return what every connection asks for; what the address says itself goes before, and nothing takes it away.

    Pages are short queries on many rows, which compiling (jit) and helpers started for each (parallel) make slower.
    ``PENATA_BATAS_KUERI`` (for example ``60s``) ends a query that takes longer; ``./penata serve`` sets it for the
    pages and not for background work.
    """
    session = ["-c jit=off", "-c max_parallel_workers_per_gather=0"]
    if limit := os.environ.get("PENATA_BATAS_KUERI", "").strip():
        if not re.fullmatch(r"\d+(ms|s|min)?", limit):
            raise ConfigurationError(f"PENATA_BATAS_KUERI harus seperti 500ms, 60s, atau 2min, bukan '{limit}'")
        session += [f"-c statement_timeout={limit}", f"-c idle_in_transaction_session_timeout={limit}"]
    asked = {"application_name": "penata", "connect_timeout": "10", "options": " ".join(session)} | given
    return {name: text for name, text in asked.items() if text}


def _sqlite(file: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": SQLITE_PRAGMAS},
    }
