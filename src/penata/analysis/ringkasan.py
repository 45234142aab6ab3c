"""The summary of a run: every figure with its unit, the rule that made it and the legal basis.

One list feeds the terminal, the report, the index page and ``ringkasan.json``, so that no two of them can disagree.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from penata import __version__
from penata.analysis.ditolak import refused
from penata.analysis.penataan import Ketersediaan, Penataan
from penata.language import N_, _, number
from penata.rulebook.legislation import InForce
from penata.snapshot.schema import TABLES

# Groups in the order in which people read them.
PETA, PROYEKSI, PENEMPATAN, PELATIHAN, DATA = "peta", "proyeksi", "penempatan", "pelatihan", "data"
KELOMPOK: Mapping[str, str] = {
    PETA: N_("Kebutuhan dan bezetting"),
    PROYEKSI: N_("Lima tahun ke depan"),
    PENEMPATAN: N_("Usulan penempatan"),
    PELATIHAN: N_("Kompetensi dan pelatihan"),
    DATA: N_("Mutu data"),
}
# Figures that are read side by side: what is compared, the key today, the key in the proposal.
PERBANDINGAN = (
    (N_("Kekurangan"), "kekurangan_sebelum", "kekurangan_sesudah"),
    (N_("Kelebihan"), "kelebihan_sebelum", "kelebihan_sesudah"),
    (N_("Kursi posisi kritis yang terisi"), "kritis_terisi_sebelum", "kritis_terisi_sesudah"),
    (N_("Kecocokan rata-rata"), "skor_rata_sebelum", "skor_rata_sesudah"),
)


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
    kelompok: str = PETA

    @property
    def teks(self) -> str:
        """The value as people write it."""
        if self.nilai is None:
            return "–"
        if isinstance(self.nilai, str):
            return self.nilai
        part_time = self.desimal == 0 and self.nilai != int(self.nilai)
        return number(self.nilai, 2 if part_time else self.desimal)


@dataclass(frozen=True, slots=True)
class Banding:
    """A figure as it is today and as it would be in the proposal."""

    label: str
    sekarang: Angka
    usulan: Angka


def basis(parameters: Iterable[InForce], *names: str) -> str:
    """Return the citations of the parameters that a run used, each once; a name ``bup`` stands for all ``bup.*``."""
    found = [item.citation for item in parameters if any(f"{item.name}.".startswith(f"{name}.") for name in names)]
    return "; ".join(dict.fromkeys(found))


def sheet_titles(item: Ketersediaan) -> str:
    """Return the sheets that a result misses, named as in the template."""
    return ", ".join(TABLES[name].title for name in item.kurang)


def angka(done: Penataan) -> tuple[Angka, ...]:
    """Return every figure of the summary, in the order in which people read them."""
    return (
        *_map_figures(done),
        *_projection_figures(done),
        *_placement_figures(done),
        *_training_figures(done),
        *_finding_figures(done),
    )


def perbandingan(done: Penataan) -> tuple[Banding, ...]:
    """Return what the proposal would change, empty without one; critical posts only where the map marks any."""
    if done.penempatan is None:
        return ()
    known = {item.kunci: item for item in angka(done)}
    return tuple(
        Banding(_(label), known[before], known[after])
        for label, before, after in PERBANDINGAN
        if known[before].nilai is not None and (before != "kritis_terisi_sebelum" or _critical_seats(done))
    )


def _critical_seats(done: Penataan) -> int:
    return 0 if done.penempatan is None else int(done.penempatan.ringkas["kursi_kritis"])


def need_rule(done: Penataan) -> str:
    """Say how the need was found: computed from workload, taken as printed, or both."""
    counts = dict(done.kebutuhan.posisi.group_by("asal").len().iter_rows())
    computed, printed = counts.get("terhitung", 0), counts.get("tercetak", 0)
    how = _("beban kerja setahun dibagi waktu kerja efektif, dibulatkan menurut kebijakan")
    if computed and printed:
        return _("jumlah K: {n} posisi dari {how}; {m} posisi sebagaimana tercetak").format(
            n=number(computed), how=how, m=number(printed)
        )
    if computed:
        return _("jumlah K tiap posisi: {how}").format(how=how)
    return _("jumlah K tiap posisi sebagaimana tercetak dalam berkas")


def _map_figures(done: Penataan) -> tuple[Angka, ...]:
    total = done.peta.total
    unknown = done.peta.posisi["kebutuhan"].null_count()
    known = unknown < done.peta.posisi.height
    counted = _("cacah pemangku definitif") if done.peta.asal_bezetting == "pemangku" else _("B sebagaimana tercetak")
    computed = bool((done.kebutuhan.posisi["asal"] == "terhitung").any())
    legal = basis(done.parameter, "abk.waktu_kerja_efektif", "abk.pembulatan") if computed else ""
    offices = done.peta.posisi["perangkat_daerah"].drop_nulls().n_unique()

    staffed = knows_bezetting(done)
    need, have = total["kebutuhan"] if known else None, total["bezetting"] if staffed else None

    def needed(name: str) -> float | None:
        return total[name] if known and staffed else None

    return (
        Angka("perangkat_daerah", _("Perangkat daerah"), offices, _("unit"), _("cacah unit di bawah puncak instansi")),
        Angka("unit", _("Unit organisasi"), done.peta.unit.height, _("unit"), _("cacah unit")),
        Angka("posisi", _("Posisi"), total["posisi"], _("posisi"), _("cacah posisi")),
        Angka("kebutuhan", _("Kebutuhan (K)"), need, _("orang"), need_rule(done), legal),
        Angka("bezetting", _("Bezetting (B)"), have, _("orang"), counted),
        Angka("terisi", _("Kursi terisi"), needed("terisi"), _("kursi"), _("jumlah terkecil dari B dan K tiap posisi")),
        Angka("kurang", _("Kekurangan"), needed("kurang"), _("orang"), _("jumlah K - B pada posisi dengan B < K")),
        Angka("lebih", _("Kelebihan"), needed("lebih"), _("orang"), _("jumlah B - K pada posisi dengan B > K")),
        Angka("kosong", _("Posisi kosong"), needed("kosong"), _("posisi"), _("posisi dengan K > 0 tanpa pemangku")),
        Angka(
            "tanpa_kebutuhan", _("Posisi tanpa kebutuhan"), unknown, _("posisi"),
            _("posisi tanpa beban kerja dan tanpa K tercetak"),
        ),
    )  # fmt: skip


def _projection_figures(done: Penataan) -> tuple[Angka, ...]:
    if done.proyeksi is None:
        return ()
    wave = done.proyeksi.gelombang.filter(pl.col("tahun") > done.proyeksi.tahun[0])
    rule = _("BUP menurut jabatan; pensiun pada tanggal 1 bulan berikutnya")
    legal = basis(done.parameter, "bup")
    return (
        Angka(
            "pensiun_1_tahun", _("Pensiun dalam satu tahun"), int(wave["pensiun"].head(1).sum()), _("orang"), rule,
            legal, kelompok=PROYEKSI,
        ),
        Angka(
            "pensiun_5_tahun", _("Pensiun dalam lima tahun"), int(wave["pensiun"].sum()), _("orang"), rule, legal,
            kelompok=PROYEKSI,
        ),
        Angka(
            "kontrak_5_tahun", _("Kontrak PPPK berakhir dalam lima tahun"), int(wave["kontrak_berakhir"].sum()),
            _("orang"), _("cacah tanggal akhir perjanjian kerja"), kelompok=PROYEKSI,
        ),
    )  # fmt: skip


def _placement_figures(done: Penataan) -> tuple[Angka, ...]:
    if done.penempatan is None:
        return ()
    brief = done.penempatan.ringkas
    fit = _("kecocokan 0-1.000 dari tujuh unsur berbobot kebijakan, rata-rata {n} pegawai yang sama").format(
        n=number(brief["orang_dibandingkan"])
    )
    seats = _("jumlah terkecil dari B dan kursi, posisi yang ditandai kritis")
    proof = _("batas atas (jumlah harga orang dan kursi) dikurangi nilai usulan")
    moved = _("selisih posisi usulan dan posisi sekarang pada penempatan optimal")
    legal = basis(done.parameter, "syarat", "mutasi", "jabatan.setara")

    def of(key: str, label: str, unit: str, rule: str, *, dasar: str = "", places: int = 0) -> Angka:
        return Angka(key, label, brief[key], unit, rule, dasar, places, PENEMPATAN)

    return (
        of("pindah", _("Perpindahan diusulkan"), _("orang"), moved, dasar=legal),
        of("skor_rata_sebelum", _("Kecocokan rata-rata sekarang"), _("poin"), fit, places=1),
        of("skor_rata_sesudah", _("Kecocokan rata-rata usulan"), _("poin"), fit, places=1),
        of("kekurangan_sebelum", _("Kekurangan sebelum usulan"), _("orang"), _("jumlah K - B bila B < K")),
        of("kekurangan_sesudah", _("Kekurangan setelah usulan"), _("orang"), _("jumlah K - B usulan bila B < K")),
        of("kelebihan_sebelum", _("Kelebihan sebelum usulan"), _("orang"), _("jumlah B - K bila B > K")),
        of("kelebihan_sesudah", _("Kelebihan setelah usulan"), _("orang"), _("jumlah B usulan - K bila B > K")),
        of("kritis_terisi_sebelum", _("Kursi kritis terisi sekarang"), _("kursi"), seats),
        of("kritis_terisi_sesudah", _("Kursi kritis terisi usulan"), _("kursi"), seats),
        of("celah", _("Celah bukti optimalitas"), _("poin"), proof),
    )


def _training_figures(done: Penataan) -> tuple[Angka, ...]:
    found: list[Angka] = []
    if done.kesenjangan is not None:
        now = done.kesenjangan.rincian.filter(pl.col("terhadap") == "sekarang")
        legal = basis(done.parameter, "jpm")
        rule = _("tingkat standar jabatan dikurangi tingkat hasil asesmen")
        found += [
            Angka(
                "orang_bersenjang", _("Pegawai dengan kesenjangan"), now["nip"].n_unique(), _("orang"), rule, legal,
                kelompok=PELATIHAN,
            ),
            Angka(
                "tingkat_senjang", _("Tingkat kesenjangan"), int(now["kesenjangan"].sum()), _("tingkat"), rule, legal,
                kelompok=PELATIHAN,
            ),
        ]  # fmt: skip
    if done.pelatihan is not None:
        brief = done.pelatihan.ringkas
        chosen = _("pengaruh terbesar di bawah anggaran, kuota, dan JP")
        cost = _("jumlah biaya per peserta")
        legal = basis(done.parameter, "pengembangan")
        found += [
            Angka("peserta_pelatihan", _("Peserta pelatihan diusulkan"), brief["peserta"], _("peserta"), chosen, legal,
                  kelompok=PELATIHAN),
            Angka("biaya_pelatihan", _("Biaya pelatihan"), brief["terpakai"], _("rupiah"), cost, kelompok=PELATIHAN),
            Angka("tingkat_tertutup", _("Tingkat kesenjangan tertutup"), brief["tingkat_tertutup"], _("tingkat"),
                  chosen, legal, kelompok=PELATIHAN),
        ]  # fmt: skip
    return tuple(found)


def _finding_figures(done: Penataan) -> tuple[Angka, ...]:
    weight = {level: done.integritas.filter(pl.col("level") == level).height for level in ("galat", "peringatan")}
    checked = _("pemeriksaan peta, kode I")

    def of(key: str, label: str, value: int, unit: str, rule: str) -> Angka:
        return Angka(key, label, value, unit, rule, kelompok=DATA)

    return (
        of("integritas_galat", _("Temuan integritas: galat"), weight["galat"], _("temuan"), checked),
        of("integritas_peringatan", _("Temuan integritas: peringatan"), weight["peringatan"], _("temuan"), checked),
        of("temuan_baca", _("Temuan pada berkas"), done.temuan.height, _("temuan"), _("pemeriksaan kode B dan V")),
        of(
            "baris_ditolak", _("Baris ditolak"), refused(done).jumlah, _("baris"),
            _("baris dengan galat yang dilewati karena --lanjut"),
        ),
    )  # fmt: skip


def knows_bezetting(done: Penataan) -> bool:
    """Tell whether the files say at all who or how many are there."""
    return bool(done.snapshot["posisi"]["bezetting"].count() or done.snapshot.holders.height)


def caveats(done: Penataan) -> list[str]:
    """Return what a reader must know before using the figures: what was left out and what could not be made."""
    words = []
    out = refused(done)
    if out.jumlah:
        sheets = ", ".join(f"{sheet} {number(count)}" for sheet, count in out.per_lembar.items())
        words.append(
            _("{n} baris masukan ditolak dan tidak ikut dihitung ({sheets}); rinciannya dalam temuan.xlsx.").format(
                n=number(out.jumlah), sheets=sheets
            )
        )
    if not knows_bezetting(done):
        words.append(_("Berkas tidak memuat pegawai maupun bezetting, sehingga keadaan sekarang belum diketahui."))
    unknown = done.peta.posisi["kebutuhan"].null_count()
    if unknown:
        words.append(
            _("Kebutuhan {n} dari {all} posisi belum diketahui: tidak ada beban kerja maupun K tercetak.").format(
                n=number(unknown), all=number(done.peta.posisi.height)
            )
        )
    words += [
        _("Belum dapat dibuat: {name}; perlu lembar {sheets}.").format(name=_(item.hasil), sheets=sheet_titles(item))
        for item in done.ketersediaan
        if not item.ada
    ]
    return words


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
                "kelompok": item.kelompok,
            }
            for item in angka(done)
        },
        "gelombang_pensiun": [] if done.proyeksi is None else done.proyeksi.gelombang.to_dicts(),
        "mendesak": [] if placement is None else placement.mendesak.to_dicts(),
        "integritas": _per_code(done.integritas),
        "temuan": _per_code(done.temuan),
        "ditolak": _refusals(done),
        "hasil": [_availability(item) for item in done.ketersediaan],
        "paket": None if done.paket is None else _seal(done.paket),
        "parameter": [_parameter(item) for item in done.parameter],
        "detik": {name: round(seconds, 3) for name, seconds in done.detik.items()},
    }


def _refusals(done: Penataan) -> dict[str, Any]:
    """Return how many rows were left out, per sheet, and those that are wrong themselves one by one."""
    out = refused(done)
    names = {"file": "berkas", "sheet": "lembar", "row": "baris", "column": "kolom", "code": "kode"}
    listed = out.sebab.select(*names, "message", "remedy").rename({**names, "message": "sebab", "remedy": "perbaikan"})
    return {"jumlah": out.jumlah, "per_lembar": out.per_lembar, "ikutan": out.ikutan, "rincian": listed.to_dicts()}


def _availability(item: Ketersediaan) -> dict[str, Any]:
    return {
        "nama": _(item.hasil),
        "ada": item.ada,
        "perlu_lembar": [TABLES[name].title for name in item.perlu],
        "kurang_lembar": [TABLES[name].title for name in item.kurang],
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
