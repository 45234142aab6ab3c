"""Chapter on the integrity of the map."""

import polars as pl

from penata.analysis.integritas import CHECKS
from penata.analysis.penataan import Penataan
from penata.language import _, number
from penata.report.laporan.markup import chapter, paragraph, rule_note, table

GRAVITY = {"galat": 0, "peringatan": 1, "keterangan": 2}


def integrity(done: Penataan) -> str:
    """Return the chapter on findings of the map."""
    title = _("Integritas peta")
    checks = number(len(CHECKS))
    if not done.integritas.height:
        return chapter(
            title,
            paragraph(_("Peta diperiksa dengan {n} pemeriksaan; tidak ada yang perlu diperbaiki.").format(n=checks)),
            rule_note(_("pemeriksaan kode I")),
        )
    return chapter(
        title,
        paragraph(
            _(
                "Peta diperiksa dengan {n} pemeriksaan. Galat harus diperbaiki sebelum peta ditetapkan; peringatan "
                "perlu dilihat pemilik datanya; keterangan cukup diketahui. Rincian tiap temuan ada dalam "
                "kebutuhan.xlsx lembar Integritas."
            ).format(n=checks)
        ),
        rule_note(_("cacah temuan tiap kode pemeriksaan")),
        table(
            (_("Kode"), _("Pemeriksaan"), _("Tingkat"), _("Temuan"), _("Perbaikan")),
            [
                (
                    row["code"], _title(row["code"]), row["level"], number(row["jumlah"]), row["remedy"] or "–"
                )
                for row in per_check(done).iter_rows(named=True)
            ],
            ("auto", "1fr", "auto", "auto", "1.3fr"),
            right=(3,),
        ),
    )  # fmt: skip


def per_check(done: Penataan) -> pl.DataFrame:
    """Return code, level, jumlah, remedy and one example (message) per check that found anything, gravest first."""
    return (
        done.integritas.group_by("code", "level")
        .agg(pl.len().alias("jumlah"), pl.col("remedy").first(), pl.col("message").sort().first())
        .sort(
            pl.col("level").replace_strict(GRAVITY, return_dtype=pl.Int8),
            "jumlah",
            "code",
            descending=[False, True, False],
        )
    )


def _title(code: str) -> str:
    return _(CHECKS[code].title) if code in CHECKS else code
