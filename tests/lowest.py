"""Prints the lowest version of everything that the package needs, as pip takes it."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]


def lowest() -> list[str]:
    """Return each direct dependency at its lower bound, with its extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = []
    for each in map(Requirement, project["dependencies"]):
        (bound,) = (spec.version for spec in each.specifier if spec.operator == ">=")
        extras = f"[{','.join(sorted(each.extras))}]" if each.extras else ""
        found.append(f"{each.name}{extras}=={bound}")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(lowest()) + "\n")
