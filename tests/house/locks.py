"""Fail when a dependency of pyproject.toml is missing from a lock file, or locked outside the range asked for."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]


def locked(name):
    text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, flags=re.MULTILINE)
    return {canonicalize_name(package): version for package, version in pins}


def problems():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, dev = locked("runtime"), locked("dev")
    wanted = [(line, runtime) for line in project["project"]["dependencies"]]
    wanted += [(line, dev) for line in project["project"]["dependencies"] + project["dependency-groups"]["dev"]]
    for line, lock in wanted:
        need = Requirement(line)
        have = lock.get(canonicalize_name(need.name))
        if have is None:
            yield f"{need.name}: not locked"
        elif not need.specifier.contains(have, prereleases=True):
            yield f"{need.name}: {have} is outside {need.specifier}"
    yield from (f"{name}: {runtime[name]} and {dev[name]}" for name in runtime if runtime[name] != dev.get(name))


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "locks agree with pyproject.toml")
    sys.exit(bool(found))
