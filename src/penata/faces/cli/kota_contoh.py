"""Fills the database with the sample city, through the import that every agency uses, with one account per role."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from penata.language import _

if TYPE_CHECKING:
    from penata.foundation.access.models import User
    from penata.foundation.access.permissions import Peran
    from penata.foundation.access.reader import Reader

STRUKTUR = date(2026, 1, 2)  # the day from which the structure of the sample city holds
DASAR = "Surat tugas contoh 1/2026"
Progress = Callable[[float], None]


class DemoAksi(StrEnum):
    """The one act by which a database is known as a sample, which may be replaced."""

    DIBUAT = "demo.dibuat"


@dataclass(frozen=True, slots=True)
class Akun:
    """One account that is ready: what it is for, and how to sign in."""

    peran: str
    lingkup: str
    nama: str
    username: str
    sandi: str


def holds_data() -> bool:
    """Tell whether anybody works with this database already."""
    from penata.foundation.audit.models import Rantai

    return bool(Rantai.objects.get(pk=1).nomor)


def holds_sample() -> bool:
    """Tell whether the database was filled by the demo, and may be thrown away."""
    from penata.foundation.audit.models import Peristiwa

    return Peristiwa.objects.filter(id=1, aksi=DemoAksi.DIBUAT).exists()


def empty_database() -> None:
    """Take away every table of this database."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT current_schema()")
            schema = connection.ops.quote_name(cursor.fetchone()[0])
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")
            cursor.execute(f"CREATE SCHEMA {schema}")
            return
    file = Path(connection.settings_dict["NAME"])
    connection.close()
    for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
        path.unlink(missing_ok=True)


def fill(workbook: Path, instansi: str, *, per: date, today: date, progress: Progress) -> list[Akun]:
    """Import *workbook* and make the accounts; return them with their passwords, shown once."""
    from django.db import transaction

    from penata.domain.organisasi.actions import create_penetapan
    from penata.domain.organisasi.instansi import name_instansi
    from penata.domain.pegawai.queries import refresh_after_import
    from penata.domain.pertukaran.actions import import_workbook
    from penata.domain.peta_jabatan.ringkasan import refresh_ringkasan
    from penata.foundation.access.permissions import Peran
    from penata.foundation.accounts.console import create_keeper
    from penata.foundation.audit.record import record

    with transaction.atomic():
        record(DemoAksi.DIBUAT, by=None, rincian={"instansi": instansi}, per=STRUKTUR)
        name_instansi(nama=instansi, by=None)
        keeper, password = create_keeper(username="pengelola", nama="Pengelola Contoh", today=STRUKTUR)
    made = [Akun(Peran.PENGELOLA, instansi, keeper.nama, keeper.username, password)]
    giver = _Giver(keeper, today)
    analis, shown = giver.give("analis", Peran.ANALIS, "Analis Contoh", lingkup=instansi)
    act = create_penetapan(
        jenis="Peraturan Wali Kota", nomor="1 Tahun 2026", tanggal=STRUKTUR, by=giver.reader(analis),
        tentang="Kedudukan, susunan organisasi, tugas, dan fungsi perangkat daerah (contoh)",
    )  # fmt: skip
    # The city is written as of the end of its year; before that day some of its dates would still lie ahead.
    import_workbook(
        [workbook], as_of=STRUKTUR, penetapan_id=act.pk, abk_langsung=True, by=giver.reader(analis, max(today, per)),
        progress=lambda share, _step: progress(share),
    )  # fmt: skip
    if today < per:
        refresh_after_import(today)
        refresh_ringkasan(today)
    return [*made, shown, *giver.give_to_people(instansi)]


class _Giver:
    """Gives accounts and roles, in the name of the keeper."""

    def __init__(self, keeper: "User", today: date) -> None:
        self.keeper, self.today = keeper, today

    def reader(self, user: "User", day: date | None = None) -> "Reader":
        from penata.foundation.access.reader import Reader

        return Reader(user, day or self.today, day or self.today)

    def give(
        self, username: str, peran: "Peran", nama: str, *, lingkup: str, unit_id: int | None = None, nip: str = ""
    ) -> tuple["User", Akun]:
        from penata.foundation.accounts.actions import create_account
        from penata.foundation.accounts.delegation import give_role

        by = self.reader(self.keeper)
        user, password = create_account(username=username, nama=nama, nip=nip, by=by)
        give_role(user_id=user.pk, peran=peran, unit_id=unit_id, mulai=STRUKTUR, selesai=None, dasar=DASAR, by=by)
        return user, Akun(peran, lingkup, nama, username, password)

    def give_to_people(self, instansi: str) -> list[Akun]:
        """Give accounts to people and in units that the sample has: the largest dinas, and a bidang of it."""
        from penata.domain.organisasi.tree import pohon
        from penata.domain.pegawai.models import Pemangku
        from penata.foundation.access.permissions import Peran
        from penata.foundation.periods import in_force

        tree = pohon(self.today)
        definite = Pemangku.objects.filter(in_force(self.today), jenis="definitif").filter(
            in_force(self.today, "posisi__masa__")
        )
        rows = list(
            definite.order_by("-posisi__masa__kelas", "posisi__kode", "pegawai__nip").values_list(
                "posisi__masa__unit_id", "pegawai__nip", "pegawai__nama"
            )
        )
        by_unit: dict[int, list[tuple[str, str]]] = {}
        for unit_id, nip, nama in rows:
            by_unit.setdefault(unit_id, []).append((nip, nama))
        offices = [node for node, depth in tree.order if depth == 1 and node.jenis == "dinas"]
        office = max(offices, key=lambda node: sum(len(by_unit.get(unit, ())) for unit in tree.subtree(node.id)))
        parts = [unit for unit in tree.children.get(office.id, []) if len(by_unit.get(unit.id, ())) > 1]
        part = max(parts, key=lambda unit: len(by_unit[unit.id]))
        (leader_nip, leader), (chief_nip, chief), (member_nip, member) = (
            rows[0][1:], by_unit[part.id][0], by_unit[part.id][-1],
        )  # fmt: skip
        place = "{name} ({code})".format
        plan = (
            ("operator", Peran.OPERATOR, "Operator Contoh", place(name=office.nama, code=office.kode), office.id, ""),
            ("atasan", Peran.ATASAN, chief, place(name=part.nama, code=part.kode), part.id, chief_nip),
            ("pegawai", Peran.PEGAWAI, member, _("diri sendiri, NIP {nip}").format(nip=member_nip), None, member_nip),
            ("pimpinan", Peran.PIMPINAN, leader, instansi, None, leader_nip),
            ("evaluasi", Peran.TIM_EVALUASI, "Tim Evaluasi Contoh", instansi, None, ""),
            ("auditor", Peran.AUDITOR, "Auditor Contoh", instansi, None, ""),
        )
        return [
            self.give(username, peran, nama, lingkup=lingkup, unit_id=unit_id, nip=nip)[1]
            for username, peran, nama, lingkup, unit_id, nip in plan
        ]
