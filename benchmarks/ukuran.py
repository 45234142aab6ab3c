"""Writes the figures of ``hasil/web.json`` and ``hasil/impor.json`` into ``docs/ops/ukuran.md``.

python benchmarks/ukuran.py
"""

import json
from pathlib import Path
from typing import Any

HASIL = Path(__file__).with_name("hasil")
DOCUMENT = Path(__file__).parents[1] / "docs" / "ops" / "ukuran.md"
BEGIN, END = "<!-- angka: benchmarks/ukuran.py -->", "<!-- akhir angka -->"
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def number(value: float, places: int = 0) -> str:
    """Write a number as Indonesians do."""
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def web(found: dict[str, Any]) -> list[str]:
    """Return the table of the pages."""
    heads = [f"{NAMES[one['basis_data']]} p50 | p95 (ms)" for one in found["hasil"]]
    lines = [
        f"### Halaman: {number(found['pegawai'])} pegawai, {found['pengguna']} pengguna, {found['cores']} inti",
        "",
        f"| halaman | {' | '.join(heads)} | KB terkirim |",
        f"|---|{'---:|---:|' * len(heads)}---:|",
    ]
    first = found["hasil"][0]["halaman"]
    for page in first:
        figures = [one["halaman"].get(page) for one in found["hasil"]]
        cells = [f"{number(f['p50_ms'], 1)} | {number(f['p95_ms'], 1)}" if f else "– | –" for f in figures]
        lines.append(f"| {page} | {' | '.join(cells)} | {number(first[page]['kb_terkirim'], 1)} |")
    cells = [f"{number(one['p50_ms'], 1)} | {number(one['p95_ms'], 1)}" for one in found["hasil"]]
    lines.append(f"| **semua** | {' | '.join(cells)} | |")
    rates = ", ".join(f"{NAMES[one['basis_data']]} {number(one['klik_per_detik'], 1)}" for one in found["hasil"])
    failed = sum(sum(one["gagal"].values()) for one in found["hasil"])
    return [*lines, "", f"Klik per detik: {rates}. Klik yang gagal: {number(failed)}.", ""]


def imports(found: dict[str, Any]) -> list[str]:
    """Return the table of import and export."""
    lines = [
        f"### Impor dan ekspor: {number(found['pegawai'])} pegawai, {found['cores']} inti",
        "",
        "| | " + " | ".join(f"{NAMES[one['basis_data']]} detik | baris/detik" for one in found["hasil"]) + " |",
        "|---|" + "---:|---:|" * len(found["hasil"]),
    ]
    steps = found["hasil"][0]["impor"]["detik"]
    for step in steps:
        cells = [
            f"{number(one['impor']['detik'][step], 1)} | {number(one['impor']['baris_per_detik'].get(step, 0))}"
            for one in found["hasil"]
        ]
        lines.append(f"| {step} | {' | '.join(cells)} |")
    for title, key in (("**impor seluruhnya**", "impor"), ("impor ulang berkas yang sama", "impor_ulang")):
        cells = [
            f"{number(sum(one[key]['detik'].values()), 1)} | {number(one[key]['baris_per_detik']['seluruhnya'])}"
            for one in found["hasil"]
        ]
        lines.append(f"| {title} | {' | '.join(cells)} |")
    cells = [
        f"{number(one['ekspor']['detik'], 1)} | {number(one['ekspor']['baris'] / max(one['ekspor']['detik'], 0.01))}"
        for one in found["hasil"]
    ]
    lines.append(f"| ekspor daftar pegawai ke xlsx | {' | '.join(cells)} |")
    rows = number(found["hasil"][0]["impor"]["baris"])
    return [*lines, "", f"Buku kerja kota contoh: {rows} baris pada semua lembar.", ""]


def main() -> None:
    """Put the tables between the marks."""
    parts = []
    for name, table in (("web", web), ("impor", imports)):
        file = HASIL / f"{name}.json"
        if file.is_file():
            parts += table(json.loads(file.read_text(encoding="utf-8")))
    text = DOCUMENT.read_text(encoding="utf-8")
    head, tail = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    DOCUMENT.write_text("\n".join([head, "", *parts, tail.lstrip("\n")]), encoding="utf-8")
    print(DOCUMENT)


if __name__ == "__main__":
    main()
