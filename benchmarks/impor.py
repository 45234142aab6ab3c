"""Import and export of a whole agency, measured: reading, checking, writing; both databases.

    python benchmarks/impor.py [--pegawai 60000] [--basis-data sqlite postgresql]

The workbook is that of the sample city with all its tables. Rows are the rows of all tables. ``memeriksa`` is the plan:
validation of every row, comparison with what is there, side effects. ``menulis`` is the one transaction with the audit
trail; ``meringkas`` what follows it so that pages answer at once. The second import of the same file finds nothing new.
"""

import argparse
import json
import os
import resource
import tempfile
from pathlib import Path
from typing import Any

import tempat


def measure(people: int) -> dict[str, object]:
    """Import a city of *people* into an empty database, import it again, and export the people."""
    from django.urls import get_resolver

    with tempfile.TemporaryDirectory(prefix="penata-impor-") as name:
        folder = Path(name)
        tempat.start(folder / "data")
        book, _seconds = tempat.timed("menyiapkan buku kerja", lambda: tempat.workbook(people, folder))
        reader = _reader()
        first = _import(book, reader)
        again = _import(book, reader, first["baris"])
        _ = get_resolver().url_patterns  # the lists are known once the addresses are read
        rows, exported = tempat.timed("ekspor pegawai xlsx", lambda: _export(reader, folder))
        return {
            "buku_kerja_mb": round(book.stat().st_size / 2**20, 1), "impor": first, "impor_ulang": again,
            "ekspor": {"baris": rows, "detik": round(exported, 2)},
            "memori_puncak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }  # fmt: skip


def _reader() -> Any:
    from penata.domain.organisasi.instansi import name_instansi
    from penata.foundation.access.models import Penugasan, User
    from penata.foundation.access.reader import Reader

    name_instansi(nama="Kota Tolok Ukur", by=None)
    user = User.objects.create(username="analis", nama="Analis")
    Penugasan.objects.create(user=user, peran="analis", mulai="2026-01-01")
    return Reader(user, tempat.PER, tempat.PER)


def _import(book: Path, reader: Any, known: int = 0) -> dict[str, Any]:
    """Import *book*; *known*: rows that it brings and that stand there already."""
    from penata.domain.pegawai.queries import refresh_after_import
    from penata.domain.pertukaran import actions
    from penata.domain.pertukaran.models import Impor
    from penata.domain.pertukaran.plan import make_plan
    from penata.domain.peta_jabatan.ringkasan import refresh_ringkasan
    from penata.faces.cli.kota_contoh import STRUKTUR
    from penata.snapshot.workbook import read_raw

    raw, reading = tempat.timed("membaca", lambda: read_raw([book]))
    plan, checking = tempat.timed("memeriksa", lambda: make_plan(raw, as_of=STRUKTUR, langsung=True, by=reader))
    seal = actions.file_digest([book])
    impor = Impor(oleh=reader.user, nama=book.name, sidik=seal, per=STRUKTUR, lanjut=False, langsung=True)
    _done, writing = tempat.timed("menulis dan meringkas", lambda: actions.apply(impor, lambda: plan, by=reader))
    _again, summing = tempat.timed(
        "  di antaranya meringkas", lambda: (refresh_after_import(reader.today), refresh_ringkasan(reader.today))
    )
    seconds = {"membaca": reading, "memeriksa": checking, "menulis": max(writing - summing, 0.0), "meringkas": summing}
    total, rows = reading + checking + writing, known or plan.rows
    return {
        "baris": rows, "ditulis": plan.rows, "detik": {key: round(value, 2) for key, value in seconds.items()},
        "baris_per_detik": {key: round(rows / value) for key, value in seconds.items() if value > 0}
        | {"seluruhnya": round(rows / total)},
    }  # fmt: skip


def _export(reader: Any, folder: Path) -> int:
    from rustpy_xlsxwriter import FastExcel

    from penata.foundation.listing import Ask, Selection, listing

    found = listing("pegawai")
    selection = Selection(found, reader, Ask())
    heads = [column.title for column in selection.columns]
    rows = [dict(zip(heads, row, strict=True)) for row in selection.everything()]
    FastExcel(str(folder / "pegawai.xlsx")).sheet("Pegawai", rows).save()
    return len(rows)


def main() -> None:
    """Measure each database in a process of its own and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pegawai", type=int, default=60_000)
    parser.add_argument("--basis-data", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--coba", action="store_true", help="only print")
    options = parser.parse_args()
    if tempat.INSIDE in os.environ:
        print(json.dumps(measure(options.pegawai)))
        return
    found = tempat.on_each(options.basis_data, __file__, ["--pegawai", str(options.pegawai)])
    if options.coba:
        print(json.dumps(found, indent=1))
    else:
        tempat.save("impor", {"pegawai": options.pegawai}, found)


if __name__ == "__main__":
    main()
