"""The part of building the wheel that is ours: it makes the snapshot of the built-in specs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SnapshotHook(BuildHookInterface[Any]):
    """Adds the snapshot to a wheel; an editable install reads the YAML as it is edited."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the snapshot of the specs of this source tree, in a process of its own."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name) / "specs.snapshot"
        found = (self.root, os.environ.get("PYTHONPATH", ""))  # where a build has its libraries
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, found))}
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
        command = [sys.executable, "-m", "chipcalc.packing", str(path)]
        subprocess.run(command, cwd=self.root, env=environment, check=True)  # noqa: S603
        build_data["force_include"][str(path)] = "chipcalc/specs.snapshot"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Take the snapshot away again: the wheel has it."""
        if version != "editable":
            self._folder.cleanup()
