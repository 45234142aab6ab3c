"""Fail when a lock file does not answer what pyproject.toml or package.json ask for, or locks without a seal."""

import json
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


def front_end_problems():
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    own = packages.pop("")
    for kind in ("dependencies", "devDependencies"):
        if own.get(kind) != asked.get(kind):
            yield f"package-lock.json was made for other {kind}"
    for path, entry in packages.items():
        if not entry.get("integrity", "").startswith("sha512-"):
            yield f"{path}: locked without a seal"


if __name__ == "__main__":
    found = [*problems(), *front_end_problems()]
    print("\n".join(found) or "locks agree with pyproject.toml and package.json")
    sys.exit(bool(found))
