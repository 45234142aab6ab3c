"""The two doors of the generator: an agency, or an agency together with the list of faults planted in it."""

from datetime import date

import polars as pl

from penata.language import _
from penata.sample.city import SampleError, build_city
from penata.sample.faults import plant
from penata.snapshot.snapshot import Snapshot, build


def generate(
    *, pegawai: int, benih: int, per: date, instansi: str | None = None, anomali: float = 0.02, galat: float = 0.0
) -> Snapshot:
    """Return an invented city government of *pegawai* people (50..400,000) as of *per*.

    The same *benih* gives the same snapshot everywhere. *anomali* is the share of rows with something that integrity
    checks find but reading accepts; *galat* the share of rows with an error that validation refuses.
    Raises SampleError for a size out of range, a rate outside 0..1 or a negative seed.
    """
    return generate_with_ledger(pegawai=pegawai, benih=benih, per=per, instansi=instansi, anomali=anomali, galat=galat)[
        0
    ]


def generate_with_ledger(
    *, pegawai: int, benih: int, per: date, instansi: str | None = None, anomali: float = 0.02, galat: float = 0.0
) -> tuple[Snapshot, pl.DataFrame]:
    """Return the agency and its ledger of planted faults: macam (anomali or galat), jenis, tabel, subjek, keterangan.

    Raises SampleError as :func:`generate` does.
    """
    for name, rate in (("anomali", anomali), ("galat", galat)):
        if not 0.0 <= rate <= 1.0:
            raise SampleError(_("{name} harus antara 0 dan 1; diminta {rate}").format(name=name, rate=rate))
    if benih < 0:
        raise SampleError(_("benih harus bilangan bulat 0 atau lebih; diminta {seed}").format(seed=benih))
    city = build_city(pegawai=pegawai, benih=benih, per=per, instansi=instansi)
    tables, ledger = plant(city.tables, per=per, benih=benih, anomali=anomali, galat=galat)
    return build(city.instansi, per, tables), ledger
