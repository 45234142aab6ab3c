"""May this person be appointed? The requirements of ``syarat`` asked by name, one case or several at a time.

A case may leave out what is not at hand: that requirement then counts as not examined and is listed as such, so an
answer never claims more than it was told.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number
from penata.rulebook.cases import one_or_many
from penata.rulebook.golongan import normalise, order
from penata.rulebook.inputs import boolean, choice, decimal, given, text
from penata.rulebook.jabatan import as_jabatan
from penata.rulebook.rule import Input, InputError, Result
from penata.rulebook.syarat import (
    UNMET_TEXT,
    Calon,
    JabatanTerakhir,
    Syarat,
    Unmet,
    education_order,
    eligible_column,
    hukuman_order,
    post_key,
    predikat_order,
)

_STATUS = ("pns", "cpns", "pppk", "pppk paruh waktu")
_HUKUMAN = ("none", "ringan", "sedang", "berat")
CAREER_YEARS = 60  # no career is longer

_KEYS = {
    Unmet.PENDIDIKAN: "education",
    Unmet.PENGALAMAN: "field_years",
    Unmet.JABATAN: "last_post_years",
    Unmet.USIA: "age",
    Unmet.PREDIKAT: "performance_good_years",
    Unmet.HUKUMAN: "discipline",
    Unmet.GOLONGAN: "golongan",
    Unmet.STATUS: "pns",
}
_EXTRA_TEXT = {
    "competency": N_("standar kompetensi belum terpenuhi"),
    "healthy": N_("syarat kesehatan belum terpenuhi"),
    "others_met": N_("syarat lain belum terpenuhi"),
    "party_free_years": N_("belum cukup lama lepas dari partai politik"),
}

_LABELS = {
    "education": N_("pendidikan"),
    "field_years": N_("pengalaman bidang (tahun)"),
    "last_post": N_("jabatan"),
    "last_post_years": N_("lama menjabat (tahun)"),
    "pengawas_years": N_("lama menjadi pengawas (tahun)"),
    "pelaksana_years": N_("lama menjadi pelaksana (tahun)"),
    "jf_years": N_("lama dalam JF setingkat (tahun)"),
    "party_free_years": N_("lepas dari partai (tahun)"),
    "jenjang": N_("jenjang yang dituju"),
    "jabatan": N_("jabatan yang dituju"),
    "age": N_("usia (tahun)"),
    "performance_good_years": N_("tahun berpredikat baik"),
    "discipline": N_("hukuman disiplin"),
    "golongan": N_("golongan"),
    "status": N_("status pegawai"),
    "pns": N_("status PNS"),
    "competency": N_("standar kompetensi"),
    "healthy": N_("kesehatan"),
    "others_met": N_("syarat selebihnya"),
}
_PROVEN = ("competency", "healthy")  # shown by a certificate, told as yes or no

EDUCATION = Input("education", N_("pendidikan terakhir, misalnya SLTA, D-III, S-1"))
FIELD_YEARS = Input("field_years", N_("pengalaman jabatan di bidang yang terkait, kumulatif, dalam tahun"))
LAST_POST = Input(
    "last_post", N_("jabatan yang sedang atau pernah diduduki, misalnya administrator atau JF ahli madya")
)
LAST_POST_YEARS = Input("last_post_years", N_("lama menduduki jabatan itu, dalam tahun"))
AGE = Input("age", N_("usia pada saat diangkat, dalam tahun"))
CASES = Input("cases", N_("daftar kasus bila lebih dari satu"), optional=True)
OPTIONAL = (
    Input(
        "performance_good_years", N_("berapa tahun terakhir berturut-turut berpredikat baik atau lebih"), optional=True
    ),
    Input("discipline", N_("hukuman disiplin yang sedang dijalani: none, ringan, sedang, berat"), optional=True),
    Input("golongan", N_("golongan ruang PNS, misalnya IV/b"), optional=True),
    Input("pns", N_("berstatus PNS atau tidak"), optional=True),
    Input("competency", N_("memenuhi standar kompetensi atau tidak"), optional=True),
    Input("healthy", N_("sehat jasmani dan rohani atau tidak"), optional=True),
    Input("others_met", N_("syarat selebihnya terpenuhi atau tidak"), optional=True),
    CASES,
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Answer for one case: what was told, the input keys that fail, their sentences, and the keys not examined."""

    told: str
    failed: tuple[str, ...]
    sentences: tuple[str, ...]
    unexamined: tuple[str, ...]

    @property
    def eligible(self) -> bool:
        """Tell whether nothing that was examined fails."""
        return not self.failed


def to_optional(*asked: Input) -> tuple[Input, ...]:
    """Return *asked* as inputs that may be left out, because ``cases`` may carry them instead."""
    return tuple(Input(item.key, item.meaning, optional=True) for item in asked)


def judge(
    syarat: Syarat,
    case: Mapping[str, Any],
    *,
    needed: Sequence[str],
    posts: Mapping[str, str] | None = None,
    proven: Sequence[str] = _PROVEN,
    more: Callable[[Mapping[str, Any]], Sequence[str]] | None = None,
) -> Verdict:
    """Judge one case. *needed* are keys that must be given; *posts* maps a kind of post to the key with its years.

    *proven* are keys with a yes or no of their own; *more* returns further keys that fail.
    """
    for key in needed:
        if not given(case, key):
            raise InputError(_("masukan belum ada: {key}").format(key=key))
    judged = eligible_column(syarat, _calon(case, posts or {}, syarat.tahun_predikat))
    failing, unknown = Unmet(int(judged.failing[0])), Unmet(int(judged.unknown[0]))
    post_key_in_case = next(iter((posts or {}).values()), _KEYS[Unmet.JABATAN])
    names = _KEYS | {Unmet.JABATAN: post_key_in_case}
    failed = [names[bit] for bit in failing]
    sentences = [_(UNMET_TEXT[bit]) for bit in failing]
    refused = [key for key in (*proven, "others_met") if not boolean(case, key, default=True)]
    refused += more(case) if more else ()
    failed += refused
    sentences += [_(_EXTRA_TEXT[key]) for key in refused]
    unexamined = [names[bit] for bit in unknown] + [key for key in proven if not given(case, key)]
    return Verdict(
        told="; ".join(f"{_(label)}: {_spoken(case[key])}" for key, label in _LABELS.items() if given(case, key)),
        failed=tuple(failed),
        sentences=tuple(sentences),
        unexamined=() if given(case, "others_met") else tuple(unexamined),
    )


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    return number(float(value), 1).removesuffix(",0") if isinstance(value, int | float) else str(value)[:40]


def _calon(case: Mapping[str, Any], posts: Mapping[str, str], predikat_years: int) -> Calon:
    """Return the columns, one row long, of one case."""
    return Calon(
        pendidikan=[_education(case)] if given(case, "education") else None,
        pengalaman_bidang=_one(case, "field_years"),
        tahun_jabatan=_held(case, posts),
        usia=_one(case, "age", maximum=120),
        predikat=_predikat(case, predikat_years),
        hukuman=hukuman_order([choice(case, "discipline", _HUKUMAN)]) if given(case, "discipline") else None,
        golongan=[_golongan(case)] if given(case, "golongan") else None,
        status=_status(case),
    )


def _one(case: Mapping[str, Any], key: str, maximum: float = CAREER_YEARS) -> ArrayLike:
    return [float(decimal(case, key, maximum=maximum)) if given(case, key) else float("nan")]


def _education(case: Mapping[str, Any]) -> int:
    level = int(education_order([text(case, "education")])[0])
    if not level:
        raise InputError(_("education: '{value}' tidak dikenal; tulis misalnya SLTA, D-III, S-1, S-2").format(
            value=case["education"][:40]))  # fmt: skip
    return level


def _golongan(case: Mapping[str, Any]) -> int:
    spelled = normalise(text(case, "golongan"))
    if spelled is None:
        raise InputError(_("golongan: '{value}' tidak dikenal; tulis misalnya III/d atau IV/b").format(
            value=case["golongan"][:40]))  # fmt: skip
    return int(order(np.array([spelled]))[0])


def _held(case: Mapping[str, Any], posts: Mapping[str, str]) -> Mapping[str, ArrayLike] | None:
    held = {post: _one(case, key) for post, key in posts.items() if given(case, key)}
    if given(case, "last_post"):
        held[post_key(*as_jabatan(case["last_post"], "last_post"))] = _one(case, "last_post_years")
    return held or None


def _predikat(case: Mapping[str, Any], asked: int) -> ArrayLike | None:
    if not given(case, "performance_good_years"):
        return None
    good, less = predikat_order(["baik", "kurang"])
    years = float(decimal(case, "performance_good_years", maximum=CAREER_YEARS))
    row: NDArray[np.int8] = np.where(np.arange(1, asked + 1) <= years, good, less).astype(np.int8)
    return row[np.newaxis, :]


def _status(case: Mapping[str, Any]) -> ArrayLike | None:
    if given(case, "status"):
        return [choice(case, "status", _STATUS)]
    if given(case, "pns"):
        return ["pns" if boolean(case, "pns") else "bukan pns"]
    return None


def asked_steps(syarat: Syarat) -> list[str]:
    """Return one sentence for every requirement of *syarat*."""
    steps = []
    if syarat.pendidikan_min:
        level = "S-1/D-IV" if syarat.pendidikan_min == "D-IV" else syarat.pendidikan_min
        steps.append(_("Pendidikan paling rendah {level}.").format(level=level))
    if syarat.pengalaman_bidang_tahun:
        least = number(syarat.pengalaman_bidang_tahun)
        steps.append(_("Pengalaman di bidang tugas paling sedikit {years} tahun.").format(years=least))
    if syarat.jabatan_terakhir:
        steps.append(_("Pernah menduduki {posts}.").format(posts=_posts_text(syarat.jabatan_terakhir)))
    if syarat.usia_maks is not None:
        steps.append(_("Usia paling tinggi {age} tahun saat diangkat.").format(age=number(syarat.usia_maks)))
    if syarat.predikat_min:
        steps.append(
            _("Predikat kinerja paling rendah {predikat} dalam {years} tahun terakhir.").format(
                predikat=syarat.predikat_min, years=syarat.tahun_predikat
            )
        )
    if syarat.tanpa_hukuman:
        levels = _(" atau ").join(syarat.tanpa_hukuman)
        steps.append(_("Tidak sedang menjalani hukuman disiplin {levels}.").format(levels=levels))
    if syarat.golongan_min:
        steps.append(_("Golongan paling rendah {golongan}.").format(golongan=syarat.golongan_min))
    if syarat.status_pegawai:
        steps.append(_("Berstatus {status}.").format(status=_(" atau ").join(s.upper() for s in syarat.status_pegawai)))
    return steps


def _posts_text(posts: Sequence[JabatanTerakhir]) -> str:
    """Return the alternatives in words, those that ask equally many years together."""
    either = _(" atau ")
    return either.join(
        _("{posts} paling singkat {years} tahun").format(
            posts=either.join(post.key for post in posts if post.tahun == years), years=number(years)
        )
        for years in sorted({post.tahun for post in posts})
    )


def answer(verdicts: Sequence[Verdict], steps: Sequence[str], *, many: bool) -> Result:
    """Return the result over all cases, with one sentence per case after *steps*."""
    told = list(steps)
    for place, verdict in enumerate(verdicts, start=1):
        said = _("memenuhi syarat") if verdict.eligible else _("tidak memenuhi syarat: ") + "; ".join(verdict.sentences)
        if verdict.unexamined:
            keys = ", ".join(_(_LABELS[key]) for key in verdict.unexamined)
            said += _(" (belum diperiksa karena tidak diisi: {keys})").format(keys=keys)
        told.append(_("Kasus {place} ({told}): {said}.").format(place=place, told=verdict.told, said=said))
    return Result(
        {
            "eligible": one_or_many([verdict.eligible for verdict in verdicts], many=many),
            "reason": one_or_many([next(iter(verdict.failed), None) for verdict in verdicts], many=many),
            "reasons": one_or_many([list(verdict.failed) for verdict in verdicts], many=many),
            "unexamined": one_or_many([list(verdict.unexamined) for verdict in verdicts], many=many),
        },
        tuple(told),
    )
