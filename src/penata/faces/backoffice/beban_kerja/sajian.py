"""An ABK as the grid shows it: texts only, formatted here, so that the page reckons and formats nothing itself."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from penata.domain.beban_kerja.isian import COLUMNS, KOLOM, Salah, cells_of
from penata.domain.beban_kerja.queries import Lembar
from penata.faces.components.templating import number, signed
from penata.language import _

PLACES = 2
STATUS_TONE = {"ditetapkan": "baik", "diverifikasi": "baik", "dikembalikan": "buruk", "diajukan": "perlu", "draf": ""}


def people(value: float | None) -> str:
    """Write unrounded people with two decimals: a need of 0,97 is not one person."""
    return number(value, PLACES)


def row(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return one row of the grid."""
    return {
        "id": item["id"], "posisi": item["posisi_id"], "sel": cells_of(item),
        "hitung": [number(item["menit"]), people(item["orang"])],
    }  # fmt: skip


def group(item: Mapping[str, Any]) -> dict[str, Any]:
    """Return the head of one posisi with its totals."""
    return {
        "id": item["posisi_id"], "kode": item["kode"], "jabatan": item["jabatan"], "di_unit": item["di_unit"],
        "kelas": number(item["kelas"]), "b": number(item["bezetting"]), "k": number(item["kebutuhan"]),
        "selisih": gap(item["selisih"]), "arah": direction(item["selisih"]), "beban": number(item["beban"]),
        "hitung": people(item["kebutuhan_hitung"]), "ej": effectiveness(item["ej"], item["kategori"], item["label"]),
    }  # fmt: skip


def unit(sheet: Lembar) -> dict[str, str]:
    """Return the figures of the unit."""
    found = sheet.hitungan.unit
    return {
        "beban": number(found.beban), "hitung": people(found.kebutuhan_hitung), "k": number(found.kebutuhan),
        "b": number(found.bezetting), "selisih": gap(found.selisih), "arah": direction(found.selisih),
        "eu": effectiveness(found.eu, found.kategori, found.label), "baris": number(found.baris),
        "cacat": number(found.cacat),
    }  # fmt: skip


def gap(value: int | None) -> str:
    """Write B - K with its sign."""
    return {"": "", "kurang": "▼ ", "lebih": "▲ ", "sesuai": "✓ "}[direction(value)] + signed(value)


def direction(value: int | None) -> str:
    """Return the word for a difference: kurang, sesuai, lebih; empty when unknown."""
    return "" if value is None else ("kurang" if value < 0 else "lebih" if value > 0 else "sesuai")


def effectiveness(value: float | None, kategori: str, label: str) -> str:
    """Write an effectiveness with its category."""
    if value is None:
        return "–"
    return f"{number(value, PLACES)} · {kategori} ({label})" if kategori else number(value, PLACES)


def sheet_json(sheet: Lembar) -> dict[str, Any]:
    """Return the whole ABK for the grid."""
    return {
        "versi": sheet.abk.versi,
        "unit": unit(sheet),
        "posisi": [group(item) for item in sheet.hitungan.posisi.iter_rows(named=True)],
        "baris": [row(item) for item in sheet.hitungan.baris.iter_rows(named=True)],
    }


def rows_json(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return some rows of the grid."""
    return [row(item) for item in frame.iter_rows(named=True)]


def wrong_json(wrong: Iterable[Salah]) -> list[dict[str, Any]]:
    """Return wrong cells with their place in words."""
    return [
        {
            "baris": item.baris, "kolom": KOLOM.index(item.kolom) if item.kolom in KOLOM else None,
            "judul": _(item.judul) if item.judul else "", "nilai": item.nilai[:80],
            "pesan": item.pesan, "saran": item.saran,
        }
        for item in wrong
    ]  # fmt: skip


def heads() -> list[dict[str, str]]:
    """Return the columns that are typed: name, title, the words they may hold, and whether they hold numbers."""
    from penata.snapshot.schema import Kind
    from penata.snapshot.vocabulary import VOCABULARIES

    return [
        {
            "nama": name, "judul": _(SHORT.get(name, column.title)), "penuh": column.title,
            "kata": "|".join(VOCABULARIES.get(column.vocabulary, ())),
            "angka": "ya" if column.kind is Kind.DECIMAL else "",
        }
        for name, column in COLUMNS.items()
    ]  # fmt: skip


SHORT = {"periode": "Per", "satuan_waktu": "Satuan", "norma_waktu": "Norma", "metode": "Metode", "standar": "Standar"}
