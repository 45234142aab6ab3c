"""The summary of a run: every figure with its unit, the rule that made it and the legal basis.

One list feeds the terminal, the report, the index page and ``ringkasan.json``, so that no two of them can disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata import __version__
from penata.analysis.penataan import Penataan
from penata.language import N_, _, number
from penata.rulebook.legislation import InForce


@dataclass(frozen=True, slots=True)
class Angka:
    """One figure. ``aturan`` names the rule (or the count) behind it, ``dasar`` its legal basis, both for people."""

    kunci: str
    label: str
    nilai: float | str | None
    satuan: str
    aturan: str
    dasar: str = ""
    desimal: int = 0

    @property
    def teks(self) -> str:
        """The value as people write it."""
        if self.nilai is None:
            return "–"
        return self.nilai if isinstance(self.nilai, str) else number(self.nilai, self.desimal)


def basis(parameters: tuple[InForce, ...], *topics: str) -> str:
    """Return the citations of the parameters of *topics* that a run used, each once."""
    found = [item.citation for item in parameters if item.name.split(".")[0] in topics]
    return "; ".join(dict.fromkeys(found))


def angka(done: Penataan) -> tuple[Angka, ...]:
    """Return every figure of the summary, in the order in which people read them."""
    return (
        *_map_figures(done),
        *_projection_figures(done),
        *_placement_figures(done),
        *_training_figures(done),
        *_finding_figures(done),
    )


def _map_figures(done: Penataan) -> tuple[Angka, ...]:
    total = done.peta.total
    counted = (
        N_("B dari pemangku definitif") if done.peta.asal_bezetting == "pemangku" else N_("B sebagaimana tercetak")
    )
    need = N_("jumlah kebutuhan tiap posisi: beban kerja dibagi waktu kerja efektif, dibulatkan menurut kebijakan")
    legal = basis(done.parameter, "abk")
    return (
        Angka("unit", _("Unit organisasi"), done.peta.unit.height, _("unit"), _("cacah unit")),
        Angka("posisi", _("Posisi"), total["posisi"], _("posisi"), _("cacah posisi")),
        Angka("kebutuhan", _("Kebutuhan (K)"), total["kebutuhan"], _("orang"), _(need), legal),
        Angka("bezetting", _("Bezetting (B)"), total["bezetting"], _("orang"), _(counted)),
        Angka("terisi", _("Kursi terisi"), total["terisi"], _("kursi"), _("jumlah min(B, K) tiap posisi")),
        Angka("kurang", _("Kekurangan"), total["kurang"], _("orang"), _("jumlah K - B pada posisi dengan B < K")),
        Angka("lebih", _("Kelebihan"), total["lebih"], _("orang"), _("jumlah B - K pada posisi dengan B > K")),
        Angka("kosong", _("Posisi kosong"), total["kosong"], _("posisi"), _("posisi dengan K > 0 tanpa pemangku")),
    )


def _projection_figures(done: Penataan) -> tuple[Angka, ...]:
    if done.proyeksi is None:
        return ()
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    rule = _("BUP menurut jabatan; pensiun pada tanggal 1 bulan berikutnya")
    legal = basis(done.parameter, "bup")
    return (
        Angka("pensiun_5_tahun", _("Pensiun dalam lima tahun"), int(wave["pensiun"].sum()), _("orang"), rule, legal),
        Angka(
            "kontrak_5_tahun",
            _("Kontrak PPPK berakhir dalam lima tahun"),
            int(wave["kontrak_berakhir"].sum()),
            _("orang"),
            _("cacah tanggal akhir perjanjian"),
        ),
    )


def _placement_figures(done: Penataan) -> tuple[Angka, ...]:
    if done.penempatan is None:
        return ()
    brief = done.penempatan.ringkas
    fit = _("nilai kecocokan 0-1000 dari tujuh unsur berbobot kebijakan")
    proof = _("jumlah harga orang dan kursi = nilai usulan")
    return (
        Angka("pindah", _("Perpindahan diusulkan"), brief["pindah"], _("orang"), _("penempatan optimal")),
        Angka(
            "skor_rata_sebelum",
            _("Kecocokan rata-rata sekarang"),
            brief["skor_rata_sebelum"],
            _("poin"),
            fit,
            desimal=1,
        ),
        Angka(
            "skor_rata_sesudah", _("Kecocokan rata-rata usulan"), brief["skor_rata_sesudah"], _("poin"), fit, desimal=1
        ),
        Angka(
            "kekurangan_sesudah",
            _("Kekurangan setelah usulan"),
            brief["kekurangan_sesudah"],
            _("orang"),
            _("K - B usulan"),
        ),
        Angka(
            "kelebihan_sesudah",
            _("Kelebihan setelah usulan"),
            brief["kelebihan_sesudah"],
            _("orang"),
            _("B usulan - K"),
        ),
        Angka(
            "kritis_terisi_sebelum",
            _("Posisi kritis terisi sekarang"),
            brief["kritis_terisi_sebelum"],
            _("kursi"),
            _("cacah kursi"),
        ),
        Angka(
            "kritis_terisi_sesudah",
            _("Posisi kritis terisi usulan"),
            brief["kritis_terisi_sesudah"],
            _("kursi"),
            _("cacah kursi"),
        ),
        Angka("celah", _("Celah bukti optimalitas"), brief["celah"], _("poin"), proof),
    )


def _training_figures(done: Penataan) -> tuple[Angka, ...]:
    found: list[Angka] = []
    if done.kesenjangan is not None:
        now = done.kesenjangan.rincian.filter(pl.col("terhadap") == "sekarang")
        legal = basis(done.parameter, "jpm")
        rule = _("standar kompetensi jabatan dikurangi capaian asesmen")
        found += [
            Angka("orang_bersenjang", _("Pegawai dengan kesenjangan"), now["nip"].n_unique(), _("orang"), rule, legal),
            Angka(
                "tingkat_senjang", _("Tingkat kesenjangan"), int(now["kesenjangan"].sum()), _("tingkat"), rule, legal
            ),
        ]
    if done.pelatihan is not None:
        brief = done.pelatihan.ringkas
        chosen = _("pengaruh terbesar di bawah anggaran, kuota, dan JP")
        found += [
            Angka("peserta_pelatihan", _("Peserta pelatihan diusulkan"), brief["peserta"], _("peserta"), chosen),
            Angka(
                "biaya_pelatihan", _("Biaya pelatihan"), brief["terpakai"], _("rupiah"), _("jumlah biaya per peserta")
            ),
            Angka(
                "tingkat_tertutup", _("Tingkat kesenjangan tertutup"), brief["tingkat_tertutup"], _("tingkat"), chosen
            ),
        ]
    return tuple(found)


def _finding_figures(done: Penataan) -> tuple[Angka, ...]:
    weight = {level: done.integritas.filter(pl.col("level") == level).height for level in ("galat", "peringatan")}
    refused = sum(done.snapshot.refused.values())
    return (
        Angka("integritas_galat", _("Temuan integritas: galat"), weight["galat"], _("temuan"), _("pemeriksaan kode I")),
        Angka(
            "integritas_peringatan",
            _("Temuan integritas: peringatan"),
            weight["peringatan"],
            _("temuan"),
            _("pemeriksaan kode I"),
        ),
        Angka("temuan_baca", _("Temuan pada berkas"), done.temuan.height, _("temuan"), _("pemeriksaan kode B dan V")),
        Angka("baris_ditolak", _("Baris ditolak"), refused, _("baris"), _("baris dengan galat yang dilewati --lanjut")),
    )


def ringkasan(done: Penataan) -> dict[str, Any]:
    """Return the summary as plain values for ``ringkasan.json``."""
    placement = done.penempatan
    return {
        "penata": __version__,
        "instansi": done.snapshot.instansi,
        "per": done.snapshot.per.isoformat(),
        "kebijakan": {"nama": done.kebijakan.nama, "dasar": done.kebijakan.dasar},
        "angka": {
            item.kunci: {
                "label": item.label,
                "nilai": item.nilai,
                "satuan": item.satuan,
                "aturan": item.aturan,
                "dasar": item.dasar,
            }
            for item in angka(done)
        },
        "gelombang_pensiun": [] if done.proyeksi is None else done.proyeksi.gelombang.to_dicts(),
        "mendesak": [] if placement is None else placement.mendesak.to_dicts(),
        "integritas": _per_code(done.integritas),
        "temuan": _per_code(done.temuan),
        "ditolak": dict(done.snapshot.refused),
        "hasil": [{"nama": item.hasil, "ada": item.ada, "kurang": list(item.kurang)} for item in done.ketersediaan],
        "paket": None if done.paket is None else _seal(done.paket),
        "parameter": [_parameter(item) for item in done.parameter],
        "detik": {name: round(seconds, 3) for name, seconds in done.detik.items()},
    }


def _per_code(findings: pl.DataFrame) -> list[dict[str, Any]]:
    return findings.group_by("code", "level").agg(pl.len().alias("jumlah")).sort("code", "level").to_dicts()


def _seal(packet: Mapping[str, Any]) -> dict[str, Any]:
    return {key: packet[key] for key in ("sidik", "sidik_masukan", "nilai", "batas", "celah") if key in packet}


def _parameter(item: InForce) -> dict[str, Any]:
    return {
        "nama": item.name,
        "nilai": item.value,
        "satuan": item.unit,
        "sumber": item.source,
        "dasar": item.citation,
        "bukti": item.evidence.value,
        "berlaku_sejak": item.since.isoformat(),
        "varian": item.variant,
        "catatan": item.note,
    }
