"""Chapter on competency gaps and the training plan."""

import polars as pl

from penata.analysis.kesenjangan import Kesenjangan
from penata.analysis.pelatihan import RencanaPelatihan
from penata.analysis.penataan import Penataan
from penata.analysis.ringkasan import basis
from penata.language import _, number, percent
from penata.report.laporan.markup import beside, chapter, paragraph, picture, rule_note, section, table
from penata.report.tabel import COMPETENCES_SHOWN, total

TRAININGS = 15
UNTRAINED = 10


def training(done: Penataan) -> str:
    """Return the chapter on gaps and the training plan."""
    if done.kesenjangan is None:
        return ""
    return chapter(
        _("Kesenjangan kompetensi dan pelatihan"),
        paragraph(_gaps(done.kesenjangan)),
        _competences(done),
        _fitness(done),
        _plan(done),
        _untrained(done.pelatihan),
    )


def _gaps(found: Kesenjangan) -> str:
    covered = _("{share} pegawai memiliki hasil asesmen.").format(share=percent(found.cakupan))
    now = found.rincian.filter(pl.col("terhadap") == "sekarang")
    if not now.height:
        return _("Tidak ada kesenjangan terhadap standar jabatan yang dipangku.") + " " + covered
    return (
        _(
            "{people} pegawai memiliki kesenjangan terhadap standar jabatan yang dipangku, seluruhnya {levels} tingkat."
        ).format(people=number(now["nip"].n_unique()), levels=number(int(now["kesenjangan"].sum())))
        + " "
        + covered
    )  # fmt: skip


def _competences(done: Penataan) -> str:
    if done.kesenjangan is None or not done.kesenjangan.kompetensi.height:
        return ""
    shown = done.kesenjangan.kompetensi.head(COMPETENCES_SHOWN)
    rows = [(row["kompetensi"], number(row["orang"]), number(row["tingkat"])) for row in shown.iter_rows(named=True)]
    listed = table((_("Kompetensi"), _("Orang"), _("Tingkat")), rows, ("1fr", "auto", "auto"), right=(1, 2))
    drawn = picture("kesenjangan.svg", _("Kesenjangan menurut kompetensi"))
    return section(
        _("Kompetensi dengan kesenjangan terbesar"),
        beside(drawn, listed, "1.1fr, 1fr") if done.kesenjangan.kompetensi.height > 1 else listed,
        rule_note(
            _("kesenjangan = tingkat standar jabatan - tingkat hasil asesmen, bila positif"),
            basis(done.parameter, "jpm"),
        ),
    )  # fmt: skip


def _fitness(done: Penataan) -> str:
    """Return how many people fall into each category of JPM."""
    if done.kesenjangan is None:
        return ""
    graded = done.kesenjangan.pegawai.filter(pl.col("jpm").is_not_null())
    if not graded.height:
        return ""
    kinds = graded.group_by("kategori_jpm").agg(pl.len(), pl.col("jpm").mean()).sort("jpm", descending=True)
    rows = [
        (row["kategori_jpm"] or "–", number(row["len"]), percent(row["len"] / graded.height), number(row["jpm"], 1))
        for row in kinds.iter_rows(named=True)
    ]
    return section(
        _("Kesesuaian pegawai dengan standar jabatan"),
        table(
            (_("Kategori"), _("Orang"), _("Bagian"), _("JPM rata-rata (%)")), rows, ("1fr", "auto", "auto", "auto"),
            right=(1, 2, 3),
            total=(_("Jumlah"), number(graded.height), "", number(total(graded["jpm"]) / graded.height, 1)),
        ),
        rule_note(
            _(
                "JPM atas sembilan kompetensi manajerial dan sosial kultural; pegawai tanpa asesmen atau standar tidak "
                "ikut"
            ),
            basis(done.parameter, "jpm.metode", "jpm.kategori_pemetaan"),
        ),
    )  # fmt: skip


def _plan(done: Penataan) -> str:
    if done.pelatihan is None or not done.pelatihan.rencana.height:
        return ""
    brief, plan = done.pelatihan.ringkas, done.pelatihan.rencana
    shown = plan.head(TRAININGS)
    rows = [
        (
            row["nama"],
            row["kompetensi"],
            number(row["jp"]),
            number(row["peserta"]),
            number(row["total_biaya"]),
            number(row["tingkat_tertutup"]),
        )
        for row in shown.iter_rows(named=True)
    ]
    if plan.height > TRAININGS:
        rest = plan.slice(TRAININGS)
        rows.append(
            (
                _("{n} pelatihan lain").format(n=number(rest.height)), "", "", number(total(rest["peserta"])),
                number(total(rest["total_biaya"])), number(total(rest["tingkat_tertutup"])),
            )
        )  # fmt: skip
    everything = (
        _("Jumlah"), "", "", number(brief["peserta"]), number(brief["terpakai"]), number(brief["tingkat_tertutup"]),
    )  # fmt: skip
    titles = (_("Pelatihan"), _("Kompetensi"), "JP", _("Peserta"), _("Biaya (Rp)"), _("Tingkat tertutup"))
    words = _(
        "Untuk tahun {year} dipilih {seats} peserta bagi {people} orang dengan anggaran Rp{budget}. Pengaruh rencana "
        "{value}; batas atas yang terbukti {bound}, jaraknya {gap}."
    ).format(
        year=brief["tahun"], budget=number(brief["anggaran"]), seats=number(brief["peserta"]),
        people=number(brief["orang"]), value=number(brief["pengaruh"], 1), bound=number(brief["batas"], 1),
        gap=percent(brief["celah"], 2),
    )  # fmt: skip
    hours = _("{n} dari {all} PNS mencapai paling sedikit {least} JP dengan jam yang sudah dan akan diikuti.").format(
        n=number(brief["pns_terpenuhi"]), all=number(brief["pns"]), least=number(brief["jp_minimal"])
    )
    return section(
        _("Rencana pelatihan"),
        paragraph(words),
        paragraph(hours) if brief["pns"] else "",
        rule_note(
            _(
                "pengaruh = tingkat tertutup x bobot posisi kritis dan posisi usulan; dibatasi anggaran, kuota, dan "
                "JP; daftar peserta dalam pelatihan.xlsx"
            ),
            basis(done.parameter, "pengembangan"),
        ),
        table(titles, rows, ("1.4fr", "1fr", "auto", "auto", "auto", "auto"), right=(2, 3, 4, 5), total=everything),
        whole=False,
    )


def _untrained(plan: RencanaPelatihan | None) -> str:
    if plan is None or not plan.tanpa_pelatihan.height:
        return ""
    shown = plan.tanpa_pelatihan.head(UNTRAINED)
    rows = [(row["kompetensi"], number(row["orang"])) for row in shown.iter_rows(named=True)]
    return section(
        _("Kesenjangan yang belum ada pelatihannya"),
        table((_("Kompetensi"), _("Orang")), rows, ("1fr", "auto"), right=(1,)),
        rule_note(_("kesenjangan yang tidak dinaikkan pelatihan mana pun dalam katalog, cacah orang")),
    )
