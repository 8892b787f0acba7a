"""What a page shows before anything is asked, as specs/page.yaml has it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chipcalc.errors import error
from chipcalc.schema.base import Frozen
from chipcalc.schema.load import loaded
from chipcalc.schema.types import Identifier

PAGE = "page.yaml"


class Settings(Frozen):
    """The chips that are chosen at first, those of a comparison, and the one of a licence."""

    chips: tuple[Identifier, ...]
    compared: tuple[Identifier, ...]
    licensed: tuple[Identifier, ...]


def settings(folders: Sequence[Path]) -> Settings:
    """Return the settings of the first folder that has some; raises ChipcalcError without any."""
    path = next((each / PAGE for each in folders if (each / PAGE).is_file()), None)
    if path is None:
        raise error(f"no {PAGE} in any spec folder", "add one")
    return loaded(Settings, path)[0]
