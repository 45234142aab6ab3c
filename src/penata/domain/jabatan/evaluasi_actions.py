"""What may be done to an evaluasi jabatan; nothing else writes it. Setting it sets the kelas of the jabatan."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from penata.domain.jabatan.evaluasi import Hitungan, has_situasi, hitung, jalur_of
from penata.domain.jabatan.evaluasi_queries import Status
from penata.domain.jabatan.events import JabatanAksi
from penata.domain.jabatan.messages import forget_evaluasi, tell_evaluasi
from penata.domain.jabatan.models import EvaluasiJabatan, Jabatan, PosisiMasa
from penata.domain.jabatan.queries import standing_in
from penata.domain.organisasi.models import Penetapan
from penata.domain.peraturan.queries import law
from penata.foundation.access.permissions import Permission
from penata.foundation.access.reader import ForbiddenError, Reader
from penata.foundation.audit.record import Change, changed, record
from penata.foundation.periods import not_ended
from penata.language import _
from penata.rulebook.legislation import LegislationError

ROOM = ("informasi_jabatan",)
LONGEST = 2_000  # characters of a reason
MOST_SITUASI = 20


class EvaluasiError(Exception):
    """It cannot be done; the message says why and what to do about it."""


class StaleError(EvaluasiError):
    """Somebody changed the evaluation since it was read."""


@transaction.atomic
def create_evaluasi(*, jabatan_id: int, by: Reader) -> EvaluasiJabatan:
    """Begin an evaluation, with the levels of the one in force where there is one."""
    jabatan = Jabatan.objects.get(pk=jabatan_id)
    _require_fill(jabatan_id, by)
    if EvaluasiJabatan.objects.filter(jabatan=jabatan).exclude(status=Status.DITETAPKAN).exists():
        raise EvaluasiError(_("Sudah ada evaluasi yang belum selesai untuk jabatan ini. Lanjutkan yang itu."))
    evaluasi = EvaluasiJabatan(jabatan=jabatan, jalur=jalur_of(jabatan.jenis), penyusun=by.user)
    last = EvaluasiJabatan.objects.filter(jabatan=jabatan, jalur=evaluasi.jalur).order_by("-mulai", "-pk").first()
    if last is not None:
        evaluasi.faktor, evaluasi.situasi_khusus = last.faktor, last.situasi_khusus
    _compute(evaluasi, by.today)
    try:
        with transaction.atomic():
            evaluasi.save()
    except IntegrityError as error:
        raise EvaluasiError(_("Evaluasi jabatan ini baru saja dibuat orang lain. Lanjutkan yang itu.")) from error
    _record(
        JabatanAksi.EVALUASI_DIBUAT,
        evaluasi,
        by,
        [Change("evaluasi_jabatan", str(evaluasi.pk), None, _values(evaluasi))],
    )
    return evaluasi


@transaction.atomic
def save_evaluasi(
    *, evaluasi_id: int, faktor: Mapping[str, Mapping[str, Any]], situasi_khusus: int, versi: int | None, by: Reader
) -> EvaluasiJabatan:
    """Keep levels and reasons; points and kelas follow. *versi* None overwrites knowingly."""
    evaluasi = _editable(evaluasi_id, by)
    if versi is not None and evaluasi.versi != versi:
        raise StaleError(
            _("Evaluasi ini baru saja diubah orang lain. Isian Anda belum disimpan dan tetap ada di layar.")
        )
    before = _values(evaluasi)
    evaluasi.faktor = {
        kode: {"tingkat": entry.get("tingkat"), "alasan": str(entry.get("alasan", "")).strip()[:LONGEST]}
        for kode, entry in faktor.items()
    }
    evaluasi.situasi_khusus = min(max(situasi_khusus, 0), MOST_SITUASI) if has_situasi(evaluasi.jalur) else 0
    done = _compute(evaluasi, by.today)
    # Only factors the law has, and levels they have.
    evaluasi.faktor = {f.kode: {"tingkat": f.tingkat, "alasan": f.alasan} for f in done.faktor if f.tingkat or f.alasan}
    if _values(evaluasi) == before:
        return evaluasi
    return _save(evaluasi, JabatanAksi.EVALUASI_DIISI, before, by)


@transaction.atomic
def submit_evaluasi(*, evaluasi_id: int, versi: int, by: Reader) -> EvaluasiJabatan:
    """Hand the evaluation in: every factor with its level and its reason."""
    evaluasi = _editable(evaluasi_id, by)
    _check_version(evaluasi, versi)
    before = _values(evaluasi)
    done = _compute(evaluasi, by.today)
    lacking = [f"{f.kode} {f.nama}" for f in done.faktor if f.tingkat is None or not f.alasan]
    if lacking:
        raise EvaluasiError(
            _("Belum dapat diajukan; tingkat atau alasan belum diisi pada: {names}.").format(names="; ".join(lacking))
        )
    evaluasi.status, evaluasi.catatan, evaluasi.pengaju = Status.DIAJUKAN, "", by.user
    return _save(evaluasi, JabatanAksi.EVALUASI_DIAJUKAN, before, by)


@transaction.atomic
def return_evaluasi(*, evaluasi_id: int, versi: int, catatan: str, by: Reader) -> EvaluasiJabatan:
    """Give an evaluation back with what is to be mended."""
    evaluasi = _handed_in(evaluasi_id, versi, Permission.JABATAN_VERIFIKASI, by)
    if not catatan.strip():
        raise EvaluasiError(_("Tulis apa yang perlu diperbaiki."))
    before = _values(evaluasi)
    evaluasi.status, evaluasi.catatan = Status.DRAF, catatan.strip()
    return _save(evaluasi, JabatanAksi.EVALUASI_DIKEMBALIKAN, before, by, alasan=evaluasi.catatan)


@transaction.atomic
def set_evaluasi(
    *, evaluasi_id: int, versi: int, penetapan_id: int, mulai: date, terapkan_posisi: bool, by: Reader
) -> EvaluasiJabatan:
    """Set an evaluation by a legal act; the kelas of the jabatan follows, with *terapkan_posisi* that of its posisi.

    Never by the account that handed it in.
    """
    evaluasi = _handed_in(evaluasi_id, versi, Permission.JABATAN_TETAPKAN, by)
    if evaluasi.pengaju_id == by.user.pk:
        raise EvaluasiError(_("Anda sendiri yang mengajukan evaluasi ini. Penetapan harus dilakukan orang lain."))
    penetapan = Penetapan.objects.get(pk=penetapan_id)
    before = _values(evaluasi)
    try:
        done = _compute(evaluasi, mulai)
    except LegislationError as error:
        raise EvaluasiError(_("Belum ada aturan evaluasi jabatan pada tanggal itu. Periksa tanggalnya.")) from error
    if done.kelas is None:
        raise EvaluasiError(_("Nilainya belum menghasilkan kelas jabatan. Kembalikan untuk dilengkapi."))
    jabatan = Jabatan.objects.select_for_update().get(pk=evaluasi.jabatan_id)
    changes = [changed("jabatan", jabatan.nama, {"kelas": jabatan.kelas}, {"kelas": done.kelas})]
    if terapkan_posisi:
        changes += _apply_to_posisi(jabatan, done.kelas, mulai, penetapan)
    jabatan.kelas = done.kelas
    jabatan.versi += 1
    jabatan.save(update_fields=["kelas", "versi"])
    evaluasi.status, evaluasi.penetapan, evaluasi.mulai = Status.DITETAPKAN, penetapan, mulai
    return _save(
        evaluasi, JabatanAksi.EVALUASI_DITETAPKAN, before, by, changes=changes, rooms=("jabatan", *ROOM),
        dasar=str(penetapan), per=mulai,
    )  # fmt: skip


@transaction.atomic
def delete_evaluasi(*, evaluasi_id: int, versi: int, by: Reader) -> None:
    """Throw a draft away; the log keeps what it held."""
    evaluasi = _editable(evaluasi_id, by)
    _check_version(evaluasi, versi)
    change = Change("evaluasi_jabatan", str(evaluasi.pk), _values(evaluasi), None)
    nama = evaluasi.jabatan.nama
    forget_evaluasi(evaluasi)
    evaluasi.delete()
    record(JabatanAksi.EVALUASI_DIHAPUS, by=by, changes=[change], rincian={"jabatan": nama}, ruang=ROOM)


def _apply_to_posisi(jabatan: Jabatan, kelas: int, mulai: date, penetapan: Penetapan) -> list[Change]:
    """Give every posisi of the jabatan the kelas from *mulai* on: the running period ends, its copy begins."""
    reaching = not_ended(mulai)
    rows = list(
        PosisiMasa.objects.select_for_update(of=("self",))
        .filter(reaching, jabatan=jabatan)
        .exclude(kelas=kelas)
        .select_related("posisi")
    )
    changes = [changed("posisi", row.posisi.kode, {"kelas": row.kelas}, {"kelas": kelas}) for row in rows]
    later, running = [row for row in rows if row.mulai >= mulai], [row for row in rows if row.mulai < mulai]
    copies = []
    for row in running:
        values = {f.attname: getattr(row, f.attname) for f in PosisiMasa._meta.concrete_fields if not f.primary_key}
        copies.append(PosisiMasa(**values | {"mulai": mulai, "kelas": kelas, "penetapan_id": penetapan.pk}))
        row.selesai = mulai
    for row in later:
        row.kelas, row.penetapan = kelas, penetapan
    # The old period is closed before its copy opens: the database refuses two at a time.
    PosisiMasa.objects.bulk_update(running, ["selesai"], batch_size=500)
    PosisiMasa.objects.bulk_update(later, ["kelas", "penetapan"], batch_size=500)
    PosisiMasa.objects.bulk_create(copies, batch_size=500)
    return changes


def _require_fill(jabatan_id: int, by: Reader) -> None:
    by.require(Permission.JABATAN_ISI, anywhere=True)
    if not standing_in(by, Permission.JABATAN_ISI, jabatan_id):
        raise ForbiddenError(Permission.JABATAN_ISI)


def _locked(evaluasi_id: int) -> EvaluasiJabatan:
    return EvaluasiJabatan.objects.select_for_update(of=("self",)).select_related("jabatan").get(pk=evaluasi_id)


def _editable(evaluasi_id: int, by: Reader) -> EvaluasiJabatan:
    evaluasi = _locked(evaluasi_id)
    _require_fill(evaluasi.jabatan_id, by)
    _check_state(evaluasi, Status.DRAF)
    return evaluasi


def _handed_in(evaluasi_id: int, versi: int, permission: Permission, by: Reader) -> EvaluasiJabatan:
    evaluasi = _locked(evaluasi_id)
    by.require(permission)
    _check_state(evaluasi, Status.DIAJUKAN)
    _check_version(evaluasi, versi)
    return evaluasi


def _check_state(evaluasi: EvaluasiJabatan, state: str) -> None:
    if evaluasi.status != state:
        raise StaleError(
            _("Evaluasi ini sekarang berstatus {status}. Muat ulang halaman.").format(status=evaluasi.status)
        )


def _check_version(evaluasi: EvaluasiJabatan, versi: int) -> None:
    if evaluasi.versi != versi:
        raise StaleError(_("Isinya berubah sejak Anda membukanya. Muat ulang halaman, periksa, lalu ulangi."))


def _compute(evaluasi: EvaluasiJabatan, day: date) -> Hitungan:
    done = hitung(evaluasi.jalur, evaluasi.faktor, evaluasi.situasi_khusus, law(day))
    evaluasi.nilai, evaluasi.kelas = done.nilai, done.kelas
    return done


def _values(evaluasi: EvaluasiJabatan) -> dict[str, Any]:
    return {
        "jabatan": evaluasi.jabatan.nama, "status": evaluasi.status, "faktor": evaluasi.faktor,
        "situasi_khusus": evaluasi.situasi_khusus, "nilai": evaluasi.nilai, "kelas": evaluasi.kelas,
        "catatan": evaluasi.catatan, "mulai": evaluasi.mulai, "penetapan": evaluasi.penetapan_id,
    }  # fmt: skip


def _save(
    evaluasi: EvaluasiJabatan,
    aksi: JabatanAksi,
    before: Mapping[str, Any],
    by: Reader,
    *,
    changes: Sequence[Change] = (),
    rooms: Sequence[str] = ROOM,
    **basis: Any,
) -> EvaluasiJabatan:
    evaluasi.versi += 1
    evaluasi.save()
    tell_evaluasi(aksi, evaluasi, by)
    change = changed("evaluasi_jabatan", str(evaluasi.pk), before, _values(evaluasi))
    _record(aksi, evaluasi, by, [change, *changes], rooms, **basis)
    return evaluasi


def _record(
    aksi: JabatanAksi,
    evaluasi: EvaluasiJabatan,
    by: Reader,
    changes: Sequence[Change],
    rooms: Sequence[str] = ROOM,
    **basis: Any,
) -> None:
    record(aksi, by=by, changes=changes, rincian={"jabatan": evaluasi.jabatan.nama}, ruang=rooms, **basis)
