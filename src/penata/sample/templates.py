"""The sample's own data files: structure, posts, targets, names, competences, tasks. Read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

_FOLDER = Path(__file__).parent / "data"


@cache
def load(name: str) -> Mapping[str, Any]:
    """Return the data file *name* (without ``.yaml``)."""
    content: Mapping[str, Any] = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return content
