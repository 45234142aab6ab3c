"""The decision packet: everything that is needed to check a proposal again, without naming anybody."""

from typing import Any

from penata.analysis.penempatan import Penempatan
from penata.analysis.policy import Kebijakan
from penata.rulebook.legislation import Law
from penata.snapshot.snapshot import Snapshot


def build_packet(snapshot: Snapshot, penempatan: Penempatan, *, kebijakan: Kebijakan, law: Law) -> dict[str, Any]:
    """Return the packet as plain values, sealed by its own fingerprint."""
    raise NotImplementedError
