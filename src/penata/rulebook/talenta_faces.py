"""The rules of manajemen talenta by name; the mathematics stands in :mod:`penata.rulebook.talenta`."""

from collections.abc import Mapping, Sequence
from typing import Any

from penata.language import N_, _, number
from penata.rulebook.bands import round_result
from penata.rulebook.cases import one_or_many
from penata.rulebook.inputs import (
    as_choice,
    as_decimal,
    as_integer,
    as_items,
    as_mapping,
    as_text,
    choice,
    decimal,
    first_of,
    given,
    items,
    mapping,
)
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, InputError, Result, rule
from penata.rulebook.syarat import education_order, predikat_order
from penata.rulebook.talenta import (
    AXES,
    KINERJA,
    POTENSIAL,
    axis_level_column,
    box_column,
    status_of_predikat_column,
    succession_column,
    weighted_column,
)

_PREDIKAT = ("sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang")
_DEGREES = ("none", "ringan", "sedang", "berat")


def _score(inputs: Mapping[str, Any], key: str) -> float:
    return float(decimal(inputs, key, maximum=100))


def _as_score(value: Any, key: str) -> float:
    return float(as_decimal(value, key, maximum=100))


def _weights(inputs: Mapping[str, Any], keys: Sequence[str], legal: Mapping[str, float]) -> list[float]:
    """Return the weights given (list or mapping by *keys*), or the legal ones; they must sum to one."""
    if not given(inputs, "weights"):
        return [float(legal[key]) for key in keys]
    chosen = inputs["weights"]
    if isinstance(chosen, Mapping):
        named = as_mapping(chosen, "weights")
        if named.keys() != set(keys):
            raise InputError(_("weights: isi bobot untuk {keys}").format(keys=", ".join(keys)))
        chosen = [named[key] for key in keys]
    weights = as_items(chosen, "weights", lambda value, key: float(as_decimal(value, key, maximum=1)), length=len(keys))
    if abs(sum(weights) - 1) > 1e-6:
        raise InputError(_("weights: jumlah bobot {total}, seharusnya 1").format(total=number(sum(weights), 3)))
    return weights


def _sum_step(name: str, parts: Mapping[str, float], weights: Sequence[float], total: float) -> str:
    terms = " + ".join(
        f"{number(share, 2)} x {number(value, 2)} ({_(_LABELS.get(key, key))})"
        for (key, value), share in zip(parts.items(), weights, strict=True)
    )
    label = _(_LABELS.get(name, name))
    return _("{name} = {terms} = {total}.").format(name=label, terms=terms, total=number(total, 2))


def _weighted(inputs: Mapping[str, Any], name: str, parts: Mapping[str, float], legal: Mapping[str, float]) -> Result:
    """Return the weighted sum of *parts* under *name*."""
    weights = _weights(inputs, tuple(parts), legal)
    total = float(round_result(weighted_column(list(parts.values()), weights), 2))
    return Result({name: total}, (_sum_step(name, parts, weights, total),))


_LABELS = {
    "nilai": N_("Nilai talenta"),
    "score": N_("Nilai kinerja"),
    "kinerja_utama": N_("kinerja utama"),
    "tim": N_("penugasan tim"),
    "umpan_balik": N_("umpan balik"),
    "year_n": N_("tahun terakhir"),
    "year_n_1": N_("tahun sebelumnya"),
}
_WEIGHTS = Input(
    "weights", N_("bobot tiap bagian menurut urutan, berjumlah 1; tanpa isi: menurut aturan"), optional=True
)


@rule(
    "talenta.nilai",
    N_("Nilai talenta dari sumbu kinerja dan sumbu potensial"),
    Input("Y", N_("nilai sumbu kinerja, 0 sampai 100")),
    Input("X", N_("nilai sumbu potensial, 0 sampai 100")),
    _WEIGHTS,
    example={"Y": 80, "X": 70},
)
def _nilai(inputs: Mapping[str, Any], law: Law) -> Result:
    legal = {} if given(inputs, "weights") else law.value("talenta.bobot_nilai")
    return _weighted(inputs, "nilai", {"Y": _score(inputs, "Y"), "X": _score(inputs, "X")}, legal)


@rule(
    "talenta.axis_Y_411",
    N_("Nilai sumbu kinerja (Y) dari kinerja utama dan penguat"),
    Input("kinerja_utama", N_("nilai predikat kinerja, 0 sampai 100")),
    Input("penghargaan", N_("nilai penghargaan, 0 sampai 100")),
    Input("tim", N_("nilai penugasan tim, 0 sampai 100")),
    Input("umpan_balik", N_("nilai umpan balik, 0 sampai 100")),
    _WEIGHTS,
    example={"kinerja_utama": 80, "penghargaan": 0, "tim": 0, "umpan_balik": 80},
)
def _axis_y(inputs: Mapping[str, Any], law: Law) -> Result:
    legal = {} if given(inputs, "weights") else law.value("talenta.bobot_kinerja")
    parts = {key: _score(inputs, key) for key in ("kinerja_utama", "penghargaan", "tim", "umpan_balik")}
    return _weighted(inputs, "Y", parts, legal)


@rule(
    "talenta.axis_X_411",
    N_("Nilai sumbu potensial (X) dari kompetensi, potensi, kualifikasi dan integritas"),
    Input("kompetensi", N_("nilai kompetensi, 0 sampai 100")),
    Input("potensi", N_("nilai potensi, 0 sampai 100")),
    Input("kualifikasi", N_("nilai kualifikasi 0 sampai 100, atau pendidikan seperti S-2")),
    Input("integritas", N_("nilai integritas 0 sampai 100, atau hukuman disiplin: none, ringan, sedang, berat")),
    _WEIGHTS,
    example={"kompetensi": 78, "potensi": 70, "kualifikasi": "S-2", "integritas": "none"},
)
def _axis_x(inputs: Mapping[str, Any], law: Law) -> Result:
    parts = {"kompetensi": _score(inputs, "kompetensi"), "potensi": _score(inputs, "potensi")}
    parts["kualifikasi"] = _education_mark(inputs, law)
    if isinstance(inputs["integritas"], str):
        parts["integritas"] = float(law.value("talenta.nilai_disiplin")[choice(inputs, "integritas", _DEGREES)])
    else:
        parts["integritas"] = _score(inputs, "integritas")
    legal = {} if given(inputs, "weights") else law.value("talenta.bobot_potensial")
    return _weighted(inputs, "X", parts, legal)


def _education_mark(inputs: Mapping[str, Any], law: Law) -> float:
    """Return the mark of kualifikasi, from a number or from an education in words."""
    value = inputs["kualifikasi"]
    if not isinstance(value, str):
        return _score(inputs, "kualifikasi")
    marks = {
        int(education_order([name])[0]): float(mark) for name, mark in law.value("talenta.nilai_pendidikan").items()
    }
    level = int(education_order([value])[0])
    if level not in marks:
        raise InputError(_("kualifikasi: pendidikan '{value}' tidak punya nilai; tulis SLTA sampai S-3").format(
            value=value[:40]))  # fmt: skip
    return marks[level]


@rule(
    "talenta.skp_two_years",
    N_("Nilai kinerja dari predikat dua tahun"),
    Input("year_n", N_("predikat kinerja tahun terakhir")),
    Input("year_n_1", N_("predikat kinerja tahun sebelumnya")),
    Input("map", N_("nilai 0 sampai 100 tiap predikat; tanpa isi: menurut varian"), optional=True),
    Input("weights", N_("dua bobot, tahun terakhir lebih dulu; tanpa isi: menurut varian"), optional=True),
    example={"year_n": "Sangat Baik", "year_n_1": "Baik"},
)
def _two_years(inputs: Mapping[str, Any], law: Law) -> Result:
    if given(inputs, "map"):
        marks = {as_choice(name, "map", _PREDIKAT): _as_score(mark, f"map.{name}")
                 for name, mark in mapping(inputs, "map").items()}  # fmt: skip
    else:
        marks = law.value("talenta.nilai_predikat")
    years = {key: float(marks[choice(inputs, key, tuple(marks))]) for key in ("year_n", "year_n_1")}
    legal = {} if given(inputs, "weights") else law.value("talenta.bobot_dua_tahun")
    named = {"year_n": legal.get("tahun_ini", 0), "year_n_1": legal.get("tahun_lalu", 0)}
    return _weighted(inputs, "score", years, named)


def _level(value: Any, key: str, words: Sequence[str]) -> int:
    """Return the place of a level in *words*; ``di atas ekspektasi`` is ``atas``."""
    spoken = " ".join(as_text(value, key).casefold().split()).removeprefix("di ").removesuffix(" ekspektasi")
    return words.index(as_choice(spoken, key, words))


def _kinerja_level(value: Any, key: str, law: Law) -> int:
    """Return the level of kinerja from a status or from a predikat in words."""
    order = int(predikat_order([value if isinstance(value, str) else ""])[0])
    return int(status_of_predikat_column(order, law=law)) if order else _level(value, key, KINERJA)


def _pairs(inputs: Mapping[str, Any], law: Law) -> tuple[list[tuple[int, int]], bool]:
    """Return the levels of kinerja and potensial asked for, and whether several pairs were given."""

    def read(pair: Any, key: str) -> tuple[int, int]:
        kinerja, potensial = as_items(pair, key, lambda value, _key: value, length=2)
        return _kinerja_level(kinerja, key, law), _level(potensial, key, POTENSIAL)

    if first_of(inputs, "pairs", "kinerja") == "pairs":
        return as_items(inputs["pairs"], "pairs", read), True
    if not given(inputs, "potensial"):
        raise InputError(_("masukan belum ada: {key}").format(key="potensial"))
    levels = _kinerja_level(inputs["kinerja"], "kinerja", law), _level(inputs["potensial"], "potensial", POTENSIAL)
    return [levels], False


def _boxes(levels: Sequence[tuple[int, int]], law: Law) -> list[int]:
    rows = [kinerja for kinerja, _potensial in levels]
    columns = [potensial for _kinerja, potensial in levels]
    return [int(box) for box in box_column(rows, columns, law=law)]


def _box_step(levels: tuple[int, int], box: int) -> str:
    return _("Kinerja {kinerja}, potensial {potensial}: kotak {box}.").format(
        kinerja=KINERJA[levels[0]], potensial=POTENSIAL[levels[1]], box=box
    )


_KINERJA_INPUT = Input("kinerja", N_("status kinerja: atas, sesuai, bawah, atau predikat kinerja"), optional=True)
_POTENSIAL_INPUT = Input("potensial", N_("tingkat potensial: tinggi, menengah, rendah"), optional=True)


@rule(
    "talenta.box",
    N_("Kotak manajemen talenta dari kinerja dan potensial"),
    Input("pairs", N_("daftar pasangan [kinerja, potensial]"), optional=True),
    _KINERJA_INPUT,
    _POTENSIAL_INPUT,
    example={"pairs": [["atas", "tinggi"], ["sesuai", "menengah"]]},
)
def _box(inputs: Mapping[str, Any], law: Law) -> Result:
    levels, many = _pairs(inputs, law)
    boxes = _boxes(levels, law)
    steps = tuple(_box_step(pair, box) for pair, box in zip(levels, boxes, strict=True))
    return Result({"box": one_or_many(boxes, many=many)}, steps)


@rule(
    "talenta.box_wrong_numbering",
    N_("Kotak menurut peraturan dibandingkan penomoran keliru yang beredar"),
    _KINERJA_INPUT,
    _POTENSIAL_INPUT,
    example={"kinerja": "sesuai", "potensial": "tinggi"},
)
def _box_wrong(inputs: Mapping[str, Any], law: Law) -> Result:
    levels, _many = _pairs(inputs, law)
    box = _boxes(levels, law)[0]
    row_by_row = len(POTENSIAL) * levels[0][0] + levels[0][1] + 1
    steps = (
        _box_step(levels[0], box),
        _("Aplikasi yang menomori kotak baris demi baris dari bawah menyebutnya kotak {wrong}.").format(
            wrong=row_by_row
        ),
    )
    return Result({"box": box, "not_box": row_by_row, "differs": box != row_by_row}, steps)


def _band(inputs: Mapping[str, Any], law: Law, variant: str) -> Result:
    """Return the label of each value under one variant of the thresholds of kinerja."""
    many = isinstance(inputs["values"], list | tuple)
    values = items(inputs, "values", _as_score)
    labels = law.value(AXES["kinerja"], variant)["label"]
    places = axis_level_column(values, "kinerja", law=law, variant=variant)
    names = [labels[place] for place in places]
    low, high = law.value(AXES["kinerja"], variant)["ambang"]
    steps = [_("Ambang {low} dan {high}; nilai tepat pada ambang termasuk golongan di atasnya.").format(
        low=number(low), high=number(high))]  # fmt: skip
    steps += [
        _("Nilai {value}: {name}.").format(value=number(value, 2), name=name)
        for value, name in zip(values, names, strict=True)
    ]
    return Result({"band": one_or_many(names, many=many)}, tuple(steps))


_VALUES = Input("values", N_("nilai 0 sampai 100; satu angka atau daftar"))


@rule("talenta.threshold_80_60", N_("Golongan nilai dengan ambang 80 dan 60"), _VALUES, example={"values": [80, 79.99]})
def _threshold_80_60(inputs: Mapping[str, Any], law: Law) -> Result:
    return _band(inputs, law, "80/60")


@rule("talenta.threshold_90_75", N_("Golongan nilai dengan ambang 90 dan 75"), _VALUES, example={"values": [90, 74.99]})
def _threshold_90_75(inputs: Mapping[str, Any], law: Law) -> Result:
    return _band(inputs, law, "90/75")


@rule(
    "talenta.succession_group",
    N_("Kelompok rencana suksesi instansi dan nasional dari kotak talenta"),
    Input("boxes", N_("kotak 1 sampai 9; satu angka atau daftar")),
    example={"boxes": [9, 8, 6]},
)
def _succession(inputs: Mapping[str, Any], law: Law) -> Result:
    many = isinstance(inputs["boxes"], list | tuple)
    boxes = items(inputs, "boxes", lambda value, key: as_integer(value, key, minimum=1, maximum=9))
    groups = {name: [bool(met) for met in succession_column(boxes, name, law=law)] for name in ("instansi", "nasional")}
    steps = tuple(
        _("Kotak {box}: {groups}.").format(
            box=box, groups=", ".join(name for name, met in groups.items() if met[place]) or _("bukan kelompok suksesi")
        )
        for place, box in enumerate(boxes)
    )
    return Result({name: one_or_many(met, many=many) for name, met in groups.items()}, steps)


@rule(
    "talenta.rekomendasi",
    N_("Tindak lanjut dari kotak talenta, atau dari nilai kedua sumbu"),
    Input("box", N_("kotak 1 sampai 9"), optional=True),
    _KINERJA_INPUT,
    _POTENSIAL_INPUT,
    Input("Y", N_("nilai sumbu kinerja 0 sampai 100, digolongkan dengan ambang instansi"), optional=True),
    Input("X", N_("nilai sumbu potensial 0 sampai 100, digolongkan dengan ambang instansi"), optional=True),
    example={"Y": 82, "X": 71},
)
def _rekomendasi(inputs: Mapping[str, Any], law: Law) -> Result:
    steps: list[str] = []
    source = first_of(inputs, "box", "kinerja", "Y")
    if source == "box":
        box = as_integer(inputs["box"], "box", minimum=1, maximum=9)
    else:
        levels = _axis_levels(inputs, law) if source == "Y" else _pairs(inputs, law)[0][0]
        box = _boxes([levels], law)[0]
        steps.append(_box_step(levels, box))
    actions = list(law.value("talenta.rekomendasi")[box])
    steps.append(_("Kotak {box}: {actions}.").format(box=box, actions=", ".join(actions)))
    return Result({"box": box, "rekomendasi": actions}, tuple(steps))


def _axis_levels(inputs: Mapping[str, Any], law: Law) -> tuple[int, int]:
    kinerja = axis_level_column(_score(inputs, "Y"), "kinerja", law=law)
    potensial = axis_level_column(_score(inputs, "X"), "potensial", law=law)
    return int(kinerja), int(potensial)
