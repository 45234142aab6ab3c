"""Generator of a synthetic agency of any size, calibrated on public statistics."""

from penata.sample.city import LARGEST, SMALLEST, SampleError
from penata.sample.generate import generate, generate_with_ledger

__all__ = ["LARGEST", "SMALLEST", "SampleError", "generate", "generate_with_ledger"]
