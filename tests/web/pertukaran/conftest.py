"""What the tests of imports stand on: an empty agency, the small one, and a bench of workbooks."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.kota import HARI, MULAI, PASSWORD

from penata.domain.pertukaran.models import Impor
from penata.foundation.access.models import Penugasan, User
from penata.foundation.access.permissions import Peran
from penata.foundation.access.reader import Reader
from penata.snapshot.schema import TABLES

Rows = list[dict[str, Any]]


@pytest.fixture
def akun(db: None) -> Reader:
    """Return an analyst of an empty agency."""
    user = User.objects.create_user("analis-kosong", password=PASSWORD, nama="Analis")
    Penugasan.objects.create(user=user, peran=Peran.ANALIS, mulai=MULAI)
    return Reader(user, HARI, HARI)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    """Keep uploads of a test in a folder of its own."""
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": tmp_path / "berkas"}
    settings.STORAGES = settings.STORAGES | {"default": settings.STORAGES["default"] | {"OPTIONS": options}}


def write_book(path: Path, tables: Mapping[str, Rows], *, titles: Mapping[str, str] | None = None) -> Path:
    """Write *tables* (name -> rows by our column names) as a workbook; *titles* replaces the title of a column."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        for name, rows in tables.items():
            table = TABLES.get(name)
            sheet = book.add_worksheet(table.title if table else name)
            columns = list(dict.fromkeys(column for row in rows for column in row))
            for at, column in enumerate(columns):
                known = table.column(column).title if table else column
                sheet.write_string(0, at, (titles or {}).get(column, known))
            for number, row in enumerate(rows, start=1):
                for at, column in enumerate(columns):
                    value = row.get(column)
                    if hasattr(value, "isoformat"):
                        sheet.write_datetime(number, at, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(number, at, value)
                    elif value is not None:
                        sheet.write(number, at, value)
    return path


@pytest.fixture
def buku(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes a workbook."""
    count = iter(range(1000))
    return lambda tables, **options: write_book(tmp_path / f"berkas-{next(count)}.xlsx", tables, **options)


@pytest.fixture
def unggah(
    signed_in: Callable[[str], Client], django_capture_on_commit_callbacks: Any
) -> Callable[..., tuple[Client, Impor]]:
    """Return what uploads files as an account and waits for the preview."""

    def send(account: str, *paths: Path, **data: Any) -> tuple[Client, Impor]:
        browser = signed_in(account)
        files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
        with django_capture_on_commit_callbacks(execute=True):
            answer = browser.post("/impor/baru/", {"berkas": files, "per": data.pop("per", HARI.isoformat()), **data})
        assert answer.status_code == 302, answer.content.decode()[:3000]
        return browser, Impor.objects.latest("pk")

    return send


@pytest.fixture
def terapkan(django_capture_on_commit_callbacks: Any) -> Callable[..., Impor]:
    """Return what puts a preview into effect on the screen."""

    def act(browser: Client, impor: Impor, **data: Any) -> Impor:
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(f"/impor/{impor.pk}/terapkan/", {"isi": impor.isi, **data})
        impor.refresh_from_db()
        return impor

    return act


@pytest.fixture
def urungkan(django_capture_on_commit_callbacks: Any) -> Callable[..., Impor]:
    """Return what takes an import back on the screen."""

    def act(browser: Client, impor: Impor) -> Impor:
        with django_capture_on_commit_callbacks(execute=True):
            browser.post(f"/impor/{impor.pk}/urungkan/")
        impor.refresh_from_db()
        return impor

    return act
