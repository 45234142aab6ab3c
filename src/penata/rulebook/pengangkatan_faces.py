"""Rules of appointment by name: JPT, administrator and pengawas; judged in :mod:`penata.rulebook.pengangkatan`."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from penata.language import N_, _
from penata.rulebook.cases import read_cases
from penata.rulebook.inputs import decimal, given
from penata.rulebook.legislation import Law
from penata.rulebook.pengangkatan import (
    AGE,
    CAREER_YEARS,
    CASES,
    EDUCATION,
    FIELD_YEARS,
    LAST_POST,
    LAST_POST_YEARS,
    OPTIONAL,
    answer,
    asked_steps,
    judge,
    to_optional,
)
from penata.rulebook.rule import Input, InputError, Result, rule
from penata.rulebook.syarat import requirement


def _face(
    jenis: str, needed: Sequence[Input], posts: Mapping[str, str] | None = None
) -> Callable[[Mapping[str, Any], Law], Result]:
    """Return the face of a rule whose requirement is the same for every case."""
    keys = [item.key for item in (*needed, *OPTIONAL) if item.key != "cases"]
    keys += [key for key in (posts or {}).values() if key not in keys]
    alternatives = set((posts or {}).values())

    def compute(inputs: Mapping[str, Any], law: Law) -> Result:
        syarat = requirement(jenis, law=law)
        cases, many = read_cases(inputs, keys)
        must = [item.key for item in needed if item.key not in alternatives]
        verdicts = [judge(syarat, _with_a_post(case, posts), needed=must, posts=posts) for case in cases]
        return answer(verdicts, asked_steps(syarat), many=many)

    return compute


def _with_a_post(case: Mapping[str, Any], posts: Mapping[str, str] | None) -> Mapping[str, Any]:
    """Return *case*, refusing it when none of the years asked in *posts* is given."""
    keys = sorted(set((posts or {}).values()), reverse=True)
    if keys and not any(given(case, key) for key in keys):
        raise InputError(_("masukan belum ada: isi salah satu dari {keys}").format(keys=", ".join(keys)))
    return case


_JPT = (EDUCATION, FIELD_YEARS, LAST_POST, LAST_POST_YEARS, AGE)
_JF_YEARS = Input("jf_years", N_("lama menduduki jabatan fungsional yang setingkat, dalam tahun"), optional=True)

rule(
    "jpt.pratama.eligible",
    N_("Syarat pengangkatan PNS dalam JPT pratama"),
    *to_optional(*_JPT),
    *OPTIONAL,
    example={"education": "S1", "field_years": 5, "last_post": "administrator", "last_post_years": 2, "age": 56},
)(_face("jpt pratama", _JPT))

rule(
    "jpt.madya.eligible",
    N_("Syarat pengangkatan PNS dalam JPT madya"),
    *to_optional(*_JPT),
    *OPTIONAL,
    example={"education": "S2", "field_years": 8, "last_post": "JPT pratama", "last_post_years": 3, "age": 54},
)(_face("jpt madya", _JPT))

rule(
    "jpt.utama.eligible_pns",
    N_("Syarat pengangkatan PNS dalam JPT utama"),
    *to_optional(*_JPT),
    *OPTIONAL,
    example={"education": "S1", "field_years": 10, "last_post": "JPT madya", "last_post_years": 2, "age": 58},
)(_face("jpt utama", _JPT))

rule(
    "administrator.eligible",
    N_("Syarat pengangkatan PNS dalam jabatan administrator"),
    *to_optional(EDUCATION, Input("pengawas_years", N_("lama menduduki jabatan pengawas, dalam tahun"))),
    _JF_YEARS,
    *OPTIONAL,
    example={
        "pns": True,
        "education": "S1",
        "pengawas_years": 3,
        "performance_good_years": 2,
        "competency": True,
        "healthy": True,
    },
)(_face("administrator", (EDUCATION,), {"pengawas": "pengawas_years", "fungsional ahli muda": "jf_years"}))

rule(
    "pengawas.eligible",
    N_("Syarat pengangkatan PNS dalam jabatan pengawas"),
    *to_optional(EDUCATION, Input("pelaksana_years", N_("lama menduduki jabatan pelaksana, dalam tahun"))),
    _JF_YEARS,
    *OPTIONAL,
    example={
        "cases": [{"education": "D3", "pelaksana_years": 4}, {"education": "SLTA", "pelaksana_years": 10}],
        "others_met": True,
    },
)(_face("pengawas", (EDUCATION,), {"pelaksana": "pelaksana_years", "fungsional ahli pertama": "jf_years"}))


@rule(
    "jpt.utama.eligible_non_pns",
    N_("Syarat pengangkatan bukan PNS dalam JPT utama"),
    *to_optional(EDUCATION, FIELD_YEARS, AGE),
    Input("party_free_years", N_("sudah berapa tahun bukan anggota atau pengurus partai politik"), optional=True),
    Input("healthy", N_("sehat jasmani dan rohani atau tidak"), optional=True),
    Input("others_met", N_("syarat selebihnya terpenuhi atau tidak"), optional=True),
    CASES,
    example={
        "cases": [
            {"education": "S2", "field_years": 15, "party_free_years": 5, "age": 58},
            {"education": "S1", "field_years": 20, "party_free_years": 10, "age": 50},
        ],
        "others_met": True,
    },
)
def _jpt_utama_non_pns(inputs: Mapping[str, Any], law: Law) -> Result:
    needed = ("education", "field_years", "age", "party_free_years")
    syarat = requirement("jpt utama non pns", law=law)
    free = syarat.basis.value["bebas_partai_tahun"]

    def in_party(case: Mapping[str, Any]) -> Sequence[str]:
        return ["party_free_years"] if decimal(case, "party_free_years", maximum=CAREER_YEARS) < free else []

    cases, many = read_cases(inputs, (*needed, "healthy", "others_met"))
    verdicts = [judge(syarat, case, needed=needed, proven=("healthy",), more=in_party) for case in cases]
    steps = [*asked_steps(syarat), _("Bukan anggota partai politik paling sedikit {years} tahun.").format(years=free)]
    return answer(verdicts, steps, many=many)
