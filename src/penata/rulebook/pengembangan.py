"""JP of pengembangan kompetensi: the least a PNS is owed and the most a PPPK may be given in one year.

Sources: PP 11/2017 (PNS), PP 49/2018 (PPPK).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from penata.language import N_, _, number
from penata.rulebook.cases import one_or_many, read_cases
from penata.rulebook.inputs import choice, decimal
from penata.rulebook.legislation import Law
from penata.rulebook.rule import Input, Result, rule

STATUS = ("PNS", "CPNS", "PPPK", "PPPK paruh waktu")


def jp_lawful_column(is_pppk: ArrayLike, jp: ArrayLike, *, law: Law) -> NDArray[np.bool_]:
    """Tell for each person whether the *jp* of one year keep the law: at least the minimum, PPPK at most the maximum.

    Both arguments are (n) arrays or scalars.
    """
    hours = np.asarray(jp, dtype=np.float64)
    least = law.value("pengembangan.jp_pns_minimal")
    most = law.value("pengembangan.jp_pppk_maksimal")
    lawful: NDArray[np.bool_] = np.where(np.asarray(is_pppk, dtype=bool), hours <= most, hours >= least)
    return lawful


@rule(
    "pengembangan.jp",
    N_("JP pengembangan kompetensi setahun terhadap batas menurut status pegawai"),
    Input("status", N_("PNS, CPNS, PPPK atau PPPK paruh waktu"), optional=True),
    Input("jp", N_("jumlah JP dalam satu tahun"), optional=True),
    Input("cases", N_("daftar kasus [status, jp] bila lebih dari satu"), optional=True),
    example={"status": "PNS", "jp": 19},
)
def _jp(inputs: Mapping[str, Any], law: Law) -> Result:
    cases, many = read_cases(inputs, ("status", "jp"))
    status = [choice(case, "status", STATUS) for case in cases]
    hours = [float(decimal(case, "jp", maximum=8784)) for case in cases]
    pppk = [name.startswith("PPPK") for name in status]
    lawful = [bool(met) for met in jp_lawful_column(pppk, hours, law=law)]
    least = law.value("pengembangan.jp_pns_minimal")
    most = law.value("pengembangan.jp_pppk_maksimal")
    gaps = [max(0.0, jp - most if of_pppk else least - jp) for jp, of_pppk in zip(hours, pppk, strict=True)]
    steps = [
        (
            _("{status}: {jp} JP, paling banyak {bound} JP; kelebihan {gap} JP.")
            if of_pppk
            else _("{status}: {jp} JP, paling sedikit {bound} JP; kekurangan {gap} JP.")
        ).format(status=name, jp=number(jp, 1), bound=number(most if of_pppk else least), gap=number(gap, 1))
        for name, jp, of_pppk, gap in zip(status, hours, pppk, gaps, strict=True)
    ]
    return Result({"ok": one_or_many(lawful, many=many), "gap": one_or_many(gaps, many=many)}, tuple(steps))
