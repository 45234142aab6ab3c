"""What would change it: the smallest rise in the score of a pair, and which part could give it."""

from dataclasses import dataclass
from math import ceil

from penata.analysis._kamus import MONTHS
from penata.analysis._kernel import FULL
from penata.analysis.kecocokan import Bagian, Kompetensi, competences, parts
from penata.analysis.kelayakan import Pasangan
from penata.language import _, number

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Perubahan:
    """One way to a higher score: the part it touches, the points it can give at most, whether that is enough alone."""

    kunci: str
    poin: float
    cukup: bool
    kalimat: str


def ways_up(pasangan: Pasangan, i: int, j: int, needed: int) -> tuple[Perubahan, ...]:
    """Return what could raise the score of the pair by *needed* points, part by part, the most effective first."""
    found = []
    for part in parts(pasangan, i, j).values():
        room = part.bobot * FULL / _PERCENT - part.poin
        if room <= 0 or part.kunci == "jarak":
            continue
        said = _sentence(pasangan, i, j, part, min(needed, room))
        found.append(Perubahan(part.kunci, room, room >= needed, said))
    return tuple(sorted(found, key=lambda way: (not way.cukup, -way.poin, way.kunci)))


def _sentence(pasangan: Pasangan, i: int, j: int, part: Bagian, points: float) -> str:
    """Say what raises *part* by *points*."""
    wanted = part.nilai + points * _PERCENT / (part.bobot * FULL)
    if part.kunci == "kompetensi":
        return _competence_sentence(competences(pasangan, i, j), points * _PERCENT / (part.bobot * FULL))
    if part.data_kurang:
        return _("Lengkapi data {part}: {missing}.").format(part=part.nama, missing=part.keterangan)
    if part.kunci == "pengalaman":
        months = ceil((wanted - part.nilai) * pasangan.aturan.pengalaman_penuh)
        return _("Tambahan pengalaman {years} tahun di rumpun ini.").format(years=number(months / MONTHS, 1))
    if part.kunci == "minat":
        return _("Menyatakan minat pada posisi ini.")
    if part.kunci == "bidang_studi":
        return _("Pendidikan pada bidang studi yang diterima katalog jabatan.")
    return _("Nilai {part} naik dari {now} menjadi {goal} persen.").format(
        part=part.nama, now=number(part.nilai * _PERCENT), goal=number(ceil(wanted * _PERCENT))
    )


def _competence_sentence(rows: tuple[Kompetensi, ...], share: float) -> str:
    """Name the competencies, widest gap first, whose rise gives *share* of the standard."""
    asked = sum(row.standar for row in rows)
    missing = share * asked
    said: list[str] = []
    for row in rows:
        if missing <= 0:
            break
        if row.capaian is None:
            said.append(_("menilai {name}").format(name=row.nama))
            missing -= row.standar
            continue
        step = min(row.standar - row.capaian, ceil(missing))
        if step > 0:
            said.append(
                _("{name} dari tingkat {now} ke {goal}").format(name=row.nama, now=row.capaian, goal=row.capaian + step)
            )
            missing -= step
    return _("Pelatihan atau asesmen: {list}.").format(list="; ".join(said))
