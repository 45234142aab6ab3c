"""Everything that a run leaves in its result folder."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import yaml

from penata.analysis.ditolak import refused
from penata.analysis.paket import write_packet
from penata.analysis.penataan import Penataan, Progress, Reporter
from penata.analysis.ringkasan import knows_bezetting, ringkasan
from penata.foundation.spreadsheet.marking import write_marked
from penata.language import _, day, number
from penata.report.buku.kebutuhan import write_need, write_need_csv
from penata.report.buku.pelatihan import write_training
from penata.report.buku.penempatan import write_placement
from penata.report.folder import MARK
from penata.report.grafik import charts
from penata.report.halaman import write_page
from penata.report.laporan.laporan import write_report
from penata.report.peta.document import write_map
from penata.report.peta.drawing import Imprint
from penata.snapshot.storage import save
from penata.snapshot.workbook import Reading

PACKET = "paket-keputusan.json"
FINDINGS = "temuan.xlsx"
DATA = "data"
POLICY = "kebijakan.yaml"


def write_results(done: Penataan, reading: Reading, folder: Path, *, reporter: Reporter) -> None:
    """Write every result of *done* into *folder*, which is empty."""

    @contextmanager
    def step(name: str) -> Iterator[Progress]:
        begun = perf_counter()
        yield reporter.step(name)
        done.detik[name] = perf_counter() - begun
        reporter.done(name, done.detik[name])

    with step(_("menyimpan data dan paket")):
        save(done.snapshot, folder / DATA)
        (folder / DATA / POLICY).write_text(
            yaml.safe_dump(done.kebijakan.as_dict(), allow_unicode=True, sort_keys=False), encoding="utf-8"
        )
        if done.paket is not None:
            write_packet(done.paket, folder / PACKET)
    with step(_("menandai temuan")):
        write_marked(reading.paths, done.temuan, folder / FINDINGS)
    with step(_("menulis buku kerja hasil")) as progress:
        write_need(done, folder)
        write_need_csv(done, folder)
        progress(0.4)
        write_placement(done, folder)
        progress(0.7)
        write_training(done, folder)
    with step(_("menggambar peta jabatan")) as progress:
        imprint = Imprint(done.snapshot.instansi, day(done.snapshot.per), _left_out(done))
        write_map(done.peta, folder, imprint=imprint, staffed=knows_bezetting(done), progress=progress)
    with step(_("menyusun laporan")) as progress:
        drawn = charts(done)
        progress(0.4)
        write_report(done, drawn, folder)
    write_page(done, drawn, folder)
    (folder / MARK).write_text(
        json.dumps(ringkasan(done), ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8"
    )


def _left_out(done: Penataan) -> str:
    """Return the remark for every sheet of the map about rows that were refused."""
    count = refused(done).jumlah
    if not count:
        return ""
    return _("{n} baris masukan ditolak dan tidak ikut dalam peta ini; rinciannya dalam temuan.xlsx.").format(
        n=number(count)
    )


def write_marked_findings(reading: Reading, target: Path) -> Path:
    """Write the marked workbook of a refused input beside *target* and return its place."""
    parent = target.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    inputs = {path.absolute() for path in reading.paths}
    place = parent / FINDINGS
    count = 1
    while place in inputs:  # the user may be correcting the very file that an earlier run wrote
        count += 1
        place = parent / f"temuan-{count}.xlsx"
    unfinished = place.with_name(f".{place.name}")
    write_marked(reading.paths, reading.findings, unfinished)
    unfinished.replace(place)
    return place
