"""What docs/ops says is so: every setting is listed, every command and file that it names is there."""

import re
from pathlib import Path

import pytest

from penata.config import environment
from penata.faces.cli.main import ALIASES, COMMANDS

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs" / "ops").glob("*.md"))
TEXT = {path.name: path.read_text(encoding="utf-8") for path in DOCS}
NOT_OF_THE_OFFICE = {"PENATA_TOLOK_UKUR", "PENATA_POSTGRES_OPTIONS", "PENATA_POSTGRES_BIN", "PENATA_LAYAR"}


def test_every_setting_is_listed():
    read = [*(ROOT / "src").rglob("*.py"), ROOT / "penata"]
    used = {name for path in read for name in re.findall(r"PENATA_[A-Z_]*[A-Z]", path.read_text(encoding="utf-8"))}
    listed = set(re.findall(r"PENATA_[A-Z_]*[A-Z]", TEXT["pemasangan.md"]))
    assert sorted(used - listed - NOT_OF_THE_OFFICE) == []
    assert sorted(listed - used) == []


def test_every_command_that_is_named_exists():
    named = {name for text in TEXT.values() for name in re.findall(r"\./penata ([a-z]+)", text)}
    assert sorted(named - {*COMMANDS, *ALIASES, "test"}) == []


def test_every_link_leads_somewhere():
    broken = [
        (path.name, link)
        for path in DOCS
        for link in re.findall(r"\]\(([^)#]+)\)", TEXT[path.name])
        if not link.startswith("http") and not (path.parent / link).exists()
    ]
    assert broken == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://a:b%40c@server:5433/nama", {"NAME": "nama", "USER": "a", "PASSWORD": "b@c", "PORT": 5433}),
        ("postgresql://penata@/penata?host=/run/postgresql", {"NAME": "penata", "HOST": "", "PASSWORD": ""}),
    ],
)
def test_addresses_of_postgresql(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("PENATA_DATABASE_URL", url)
    made = environment.database(tmp_path)
    assert expected.items() <= made.items()
    assert made["OPTIONS"]["options"] == "-c jit=off -c max_parallel_workers_per_gather=0"


def test_what_the_address_says_goes_before(monkeypatch, tmp_path):
    monkeypatch.setenv("PENATA_BATAS_KUERI", "5s")
    monkeypatch.setenv("PENATA_DATABASE_URL", "postgresql://a@b/c?application_name=lain&sslmode=require")
    options = environment.database(tmp_path)["OPTIONS"]
    assert options["application_name"] == "lain"
    assert options["sslmode"] == "require"
    assert "statement_timeout=5s" in options["options"]
    monkeypatch.setenv("PENATA_DATABASE_URL", "postgresql://a@b/c?options=")  # for a pooler that takes none
    assert "options" not in environment.database(tmp_path)["OPTIONS"]


@pytest.mark.parametrize("limit", ["lama", "5 s; DROP", "-1", "5jam"])
def test_a_limit_that_is_none_is_refused(monkeypatch, tmp_path, limit):
    monkeypatch.setenv("PENATA_BATAS_KUERI", limit)
    monkeypatch.setenv("PENATA_DATABASE_URL", "postgresql://a@b/c")
    with pytest.raises(environment.ConfigurationError, match="PENATA_BATAS_KUERI"):
        environment.database(tmp_path)
