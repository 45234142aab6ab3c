"""From where is this number: B, K and +/- of a posisi, and the sums of the map."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse

from penata.domain.organisasi.tree import pohon
from penata.domain.peraturan.queries import law
from penata.domain.peta_jabatan.gambaran import gambaran
from penata.domain.peta_jabatan.posisi import Rincian, rincian
from penata.domain.peta_jabatan.queries import agency_figures, unit_figures
from penata.faces.backoffice.peta_jabatan.peta import chosen_unit
from penata.faces.components.lists import found_or_404
from penata.faces.components.provenance import Asal, Input, drawer
from penata.faces.components.requests import ScreenRequest, screen
from penata.faces.components.templating import day, number, short_day, signed
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.language import N_, _

SUMS = {
    "posisi": (N_("Posisi"), N_("Jumlah posisi yang berlaku")),
    "bezetting": (N_("Bezetting (B)"), N_("Jumlah pemangku definitif semua posisi")),
    "kebutuhan": (N_("Kebutuhan (K)"), N_("Jumlah kebutuhan semua posisi; yang belum diketahui tidak dihitung")),
    "selisih": (N_("Selisih (+/-)"), N_("Lebih dikurangi kurang, posisi demi posisi")),
    "kurang": (N_("Kurang"), N_("Jumlah K − B pada posisi yang kurang")),
    "lebih": (N_("Lebih"), N_("Jumlah B − K pada posisi yang lebih")),
    "kosong": (N_("Posisi kosong"), N_("Jumlah posisi yang dibutuhkan tetapi tidak dipangku siapa pun")),
    "terisi": (N_("Kursi terisi"), N_("Jumlah yang lebih kecil dari B dan K tiap posisi")),
    "plt": (N_("Plt"), N_("Jumlah pelaksana tugas")),
    "pensiun": (
        N_("Pensiun 12 bulan"),
        N_("Pemangku definitif yang mencapai BUP dalam dua belas bulan, tanpa PPPK yang kontraknya berakhir dahulu"),
    ),
}
PARTS = 20  # units that the drawer lists


@screen(Permission.PETA_LIHAT)
def of_map(request: ScreenRequest, angka: str) -> HttpResponse:
    """Show which units a sum of the map is made of."""
    if angka not in SUMS:
        raise Http404
    reader, unit = request.reader, chosen_unit(request)
    tree = pohon(reader.as_of)
    below = [node.id for node in tree.children.get(unit.id if unit else None, [])]
    if unit is None and len(below) == 1:
        below += [node.id for node in tree.children.get(below[0], [])]
        below.pop(0)
    total = (unit_figures(reader, [unit.id])[unit.id] if unit else agency_figures(reader))[angka]
    parts = unit_figures(reader, below)
    largest = sorted(parts.items(), key=lambda item: -abs(item[1][angka] or 0))
    write = signed if angka == "selisih" else number
    title, formula = SUMS[angka]
    asal = Asal(
        title=f"{_(title)}: {unit.nama if unit else _('semua unit')}",
        value=write(total),
        formula=_(formula),
        inputs=[
            Input(tree.by_id[key].nama, write(figures[angka]), url=_map_url(tree.by_id[key].kode))
            for key, figures in largest[:PARTS]
        ],
        parameters=[law(reader.as_of).parameter("bup.jenis")] if angka == "pensiun" else (),
        note=_("Dijumlahkan dari posisi, tidak disimpan. Posisi milik unit itu sendiri ikut dalam jumlah di atas.")
        + (" " + _("Yang terbesar ditampilkan.") if len(largest) > PARTS else ""),
        links=[(_("Lihat daftar posisinya"), reverse("daftar_posisi") + (f"?unit={unit.kode}" if unit else ""))],
    )
    return drawer(request, asal)


@screen(Permission.PETA_LIHAT)
def of_posisi(request: ScreenRequest, kode: str, angka: str) -> HttpResponse:
    """Show where B, K or +/- of a posisi comes from."""
    makers = {"bezetting": _bezetting, "kebutuhan": _kebutuhan, "selisih": _selisih, "pensiun": _pensiun}
    detail = found_or_404(rincian(request.reader, kode))
    if angka not in makers or detail.angka is None:
        raise Http404
    return drawer(request, makers[angka](request.reader, detail, detail.angka))


def _bezetting(reader: Reader, p: Rincian, figures: dict[str, object]) -> Asal:
    return Asal(
        title=_("Bezetting (B): {jabatan}").format(jabatan=p.masa.jabatan.nama),
        value=number(_float(figures["bezetting"])),
        formula=_("Jumlah pemangku definitif pada {day}").format(day=day(reader.as_of)),
        inputs=_holders(p),
        note=_("Plt dan Plh tidak dihitung. Bila tidak ada data pemangku sama sekali, dipakai bezetting yang tercetak.")
        + ("" if p.nama else " " + _("Nama pemangku hanya tampak bagi yang berwenang atas unit ini.")),
    )


def _kebutuhan(reader: Reader, p: Rincian, figures: dict[str, object]) -> Asal:
    value = number(_float(figures["kebutuhan"]))
    title = _("Kebutuhan (K): {jabatan}").format(jabatan=p.masa.jabatan.nama)
    printed = Input(_("Kebutuhan pada peta"), number(p.masa.kebutuhan), str(p.masa.penetapan or ""))
    if figures["asal"] == "dihapus":
        return Asal(title, value, _("Posisi yang dihapus tidak membutuhkan pegawai"), inputs=[printed])
    if figures["asal"] == "tercetak":
        return Asal(
            title,
            value,
            _("Seperti ditetapkan pada peta; belum ada ABK yang berlaku bagi posisi ini"),
            inputs=[printed],
        )
    if figures["asal"] != "abk":
        return Asal(title, value, _("Belum diketahui: tidak ada ABK yang berlaku dan peta tidak memuat kebutuhan"))
    if p.hasil is None:
        return Asal(
            title, value, _("Kebutuhan menurut ABK yang berlaku"), inputs=[printed],
            note=_("Rincian ABK hanya tampak bagi yang berwenang atas unit ini."),
        )  # fmt: skip
    return _from_abk(reader, p, title, value, printed)


def _from_abk(reader: Reader, p: Rincian, title: str, value: str, printed: Input) -> Asal:
    hasil = p.hasil
    assert hasil is not None
    abk, rules = hasil.abk, law(hasil.abk.mulai or reader.as_of)
    effective = rules.parameter("abk.waktu_kerja_efektif")
    again = gambaran(reader.as_of).hitung_ulang.filter(kode=p.kode)
    note = ""
    if again.height:
        note = _(
            "Dihitung ulang dengan parameter tanggal ini hasilnya {n}; yang berlaku tetap angka saat ABK ditetapkan."
        ).format(n=number(again["terhitung"][0]))
    return Asal(
        title, value,
        formula=_("{beban} menit setahun : {efektif} menit kerja efektif = {hitung}, dibulatkan {k}").format(
            beban=number(hasil.beban), efektif=number(effective.value), hitung=number(hasil.kebutuhan_hitung, 3),
            k=value,
        ),
        steps=[
            _("Beban kerja: jumlah {n} tugas pada ABK {unit} tahun {tahun}").format(
                n=p.jumlah_tugas, unit=abk.unit.kode, tahun=abk.tahun
            ),
            _("Pembagi dan pembulatan seperti saat ABK ditetapkan"),
        ],
        inputs=[
            Input(_("Beban kerja (menit setahun)"), number(hasil.beban), str(abk.penetapan or "")),
            Input(_("Kebutuhan sebelum dibulatkan"), number(hasil.kebutuhan_hitung, 3)),
            Input(_("ABK berlaku sejak"), short_day(abk.mulai), str(abk.penetapan or "")),
            printed,
        ],
        parameters=[effective, rules.parameter("abk.pembulatan")],
        note=note,
        links=[(_("Buka ABK ini"), reverse("abk_satu", args=[abk.pk]))],
    )  # fmt: skip


def _selisih(reader: Reader, p: Rincian, figures: dict[str, object]) -> Asal:
    b, k, gap = (_float(figures[name]) for name in ("bezetting", "kebutuhan", "selisih"))
    page = reverse("posisi_asal", args=[p.kode, "kebutuhan"]), reverse("posisi_asal", args=[p.kode, "bezetting"])
    return Asal(
        title=_("Selisih (+/-): {jabatan}").format(jabatan=p.masa.jabatan.nama),
        value=signed(gap),
        formula=f"B − K = {number(b)} − {number(k)} = {signed(gap)}",
        inputs=[Input("B", number(b), url=page[1]), Input("K", number(k), url=page[0])],
        note=_("Negatif berarti kurang, positif berarti lebih."),
    )


def _pensiun(reader: Reader, p: Rincian, figures: dict[str, object]) -> Asal:
    rules = law(reader.as_of)
    name = "bup.jenjang" if (p.masa.jenis or p.masa.jabatan.jenis) == "fungsional" else "bup.jenis"
    dates = [
        Input(row.pegawai.nama, short_day(p.keluar[row.pegawai.nip][0]), row.pegawai.nip)
        for row in p.pemangku
        if row.jenis == "definitif" and row.pegawai.nip in p.keluar
    ]
    return Asal(
        title=_("Pensiun 12 bulan: {jabatan}").format(jabatan=p.masa.jabatan.nama),
        value=number(_float(figures["pensiun"])),
        formula=_("Tanggal pensiun: hari pertama bulan sesudah bulan tercapainya batas usia pensiun"),
        inputs=dates,
        parameters=[rules.parameter(name)],
    )


def _holders(p: Rincian) -> Sequence[Input]:
    return [
        Input(row.pegawai.nama, _("sejak {day}").format(day=short_day(row.tmt or row.mulai)), row.nomor_sk)
        for row in p.pemangku
        if row.jenis == "definitif"
    ]


def _float(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _map_url(kode: str) -> str:
    return f"{reverse('peta_jabatan')}?unit={kode}"
