"""Reads of evaluations: the list, one worksheet, and where the kelas of a jabatan comes from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from penata.domain.jabatan.informasi_queries import NOTHING, not_by
from penata.domain.jabatan.models import EvaluasiJabatan, Jabatan, PosisiMasa
from penata.domain.jabatan.queries import Serupa, searched, serupa
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import Reader
from penata.foundation.audit.models import Peristiwa, Perubahan
from penata.foundation.listing import Column, Filter, Kind, Listing, register
from penata.foundation.periods import in_force
from penata.language import N_, _

Status = EvaluasiJabatan.Status
STATUS_TITLES: dict[str, str] = {
    Status.DRAF: N_("draf"),
    Status.DIAJUKAN: N_("diajukan"),
    Status.DITETAPKAN: N_("ditetapkan"),
}
WORKING = (Permission.JABATAN_ISI, Permission.JABATAN_VERIFIKASI, Permission.JABATAN_TETAPKAN, Permission.AUDIT_LIHAT)


def visible(reader: Reader) -> QuerySet[EvaluasiJabatan]:
    """Return the evaluations *reader* may see: those set, and open ones of jabatan on which the reader works."""
    shown = Q(status=Status.DITETAPKAN)
    for permission in WORKING:
        if not reader.may(permission):
            continue
        scope = reader.scope(permission)
        if scope.whole:
            return EvaluasiJabatan.objects.all()
        standing = PosisiMasa.objects.filter(
            in_force(reader.as_of), scope.filter("unit_id"), jabatan=OuterRef("jabatan_id")
        )
        shown |= Q(Exists(standing))
    return EvaluasiJabatan.objects.filter(shown)


def _awaiting_only(rows: QuerySet[EvaluasiJabatan], reader: Reader, value: str) -> QuerySet[EvaluasiJabatan]:
    if value not in {"ya", "tidak"}:
        raise ValueError(value)
    mine = NOTHING
    if reader.may(Permission.JABATAN_ISI):
        mine |= Q(status=Status.DRAF)
    if reader.scope(Permission.JABATAN_TETAPKAN).whole:
        mine |= Q(status=Status.DIAJUKAN) & not_by(reader)
    return rows.filter(mine) if value == "ya" else rows.exclude(mine)


EVALUASI = register(
    Listing(
        name="evaluasi_jabatan",
        empty=N_("Evaluasi dimulai dari halaman sebuah jabatan: pilih Jabatan, buka satu nama, lalu Evaluasi."),
        title=N_("Evaluasi jabatan"),
        permission=Permission.JABATAN_LIHAT,
        rows=visible,
        columns=(
            Column("jabatan", N_("Nama jabatan"), "jabatan__nama", sortable=True),
            Column("jenis", N_("Jenis jabatan"), "jabatan__jenis", Kind.CHOICE),
            Column("status", N_("Status"), kind=Kind.CHOICE),
            Column("nilai", N_("Nilai"), kind=Kind.INTEGER, nullable=True),
            Column("kelas", N_("Kelas hasil evaluasi"), kind=Kind.INTEGER, nullable=True),
            Column("kelas_katalog", N_("Kelas pada katalog"), "jabatan__kelas", Kind.INTEGER, nullable=True),
            Column("diubah", N_("Terakhir diubah"), lambda _reader: TruncDate("diubah"), Kind.DATE, sortable=True),
            Column("mulai", N_("Mulai berlaku"), kind=Kind.DATE, shown=False, nullable=True),
            Column("penetapan", N_("Penetapan"), "penetapan__nomor", shown=False, nullable=True),
        ),
        order="-diubah",
        search=lambda rows, text: searched(rows, text, "jabatan__cari"),
        search_hint=N_("Kata dalam nama jabatan"),
        filters=(
            Filter(
                "status", N_("Status"), lambda rows, _reader, value: rows.filter(status=value),
                lambda _reader: [(word, _(title)) for word, title in STATUS_TITLES.items()],
            ),
            Filter("menunggu", N_("Menunggu tindakan saya"), _awaiting_only, kind="yes_no"),
            Filter(
                "jalur", N_("Tabel faktor"), lambda rows, _reader, value: rows.filter(jalur=value),
                lambda _reader: [("manajerial", _("manajerial")), ("nonmanajerial", _("nonmanajerial"))],
            ),
        ),
        ruang=("jabatan", "informasi_jabatan"),
    )
)  # fmt: skip


def find_evaluasi(reader: Reader, evaluasi_id: int) -> EvaluasiJabatan | None:
    """Return one evaluation the reader may see."""
    return visible(reader).select_related("jabatan", "penetapan", "penyusun").filter(pk=evaluasi_id).first()


def in_force_evaluasi(jabatan_id: int, reader: Reader) -> EvaluasiJabatan | None:
    """Return the evaluation behind the kelas of a jabatan on the day."""
    rows = EvaluasiJabatan.objects.filter(jabatan=jabatan_id, status=Status.DITETAPKAN, mulai__lte=reader.as_of)
    return rows.select_related("penetapan").order_by("-mulai", "-pk").first()


def last_change_of_kelas(jabatan: Jabatan) -> Peristiwa | None:
    """Return the act that last wrote the kelas of a jabatan, where the log knows one."""
    rows = Perubahan.objects.filter(jenis="jabatan", objek_id=jabatan.nama, sesudah__has_key="kelas")
    number = rows.order_by("-peristiwa_id").values_list("peristiwa_id", flat=True).first()
    return Peristiwa.objects.filter(pk=number).first() if number is not None else None


@dataclass(frozen=True)
class Pembanding:
    """Other jabatan to compare a kelas with: the likest ones, and how many of the same level have which kelas."""

    serupa: Sequence[Serupa]
    sebaran: Sequence[tuple[int, int]]  # kelas, number of jabatan; ascending


def pembanding(jabatan: Jabatan) -> Pembanding:
    """Return what the kelas of *jabatan* can be compared with."""
    level = Jabatan.objects.filter(jenis=jabatan.jenis, jenjang=jabatan.jenjang, kelas__isnull=False)
    counts = Counter(level.exclude(pk=jabatan.pk).values_list("kelas", flat=True))
    known = [(kelas, n) for kelas, n in sorted(counts.items(), key=lambda item: item[0] or 0) if kelas is not None]
    return Pembanding(serupa(jabatan, Q(kelas__isnull=False)), known)
