"""Where spec files lie, and which of them mention a name, without reading them as YAML."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_KEY = r"""["']?[A-Za-z_][\w-]*["']?[ \t]*:"""
_NAMING = re.compile(
    rf"""^["']?(?:id|name|family|stands_for|aliases)["']?[ \t]*:.*(?:\n(?!{_KEY}).*)*""",
    re.MULTILINE,
)
_FAMILY = re.compile(rf"""^["']?family["']?[ \t]*:(.*(?:\n(?!{_KEY}).*)*)""", re.MULTILINE)
_SEPARATORS = re.compile(r"[\s_\-‐‑–]+")

BUILT_IN = next(
    (folder for folder in (_PACKAGE / "specs", _PACKAGE.parent / "specs") if folder.is_dir()),
    _PACKAGE / "specs",
)
UNITS_FILE = BUILT_IN / "units.txt"
COUNTRIES_FILE = BUILT_IN / "countries.yaml"
ENVIRONMENT = "CHIPCALC_SPECS"


def spec_folders(given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Return the spec folders, first come first served: given, $CHIPCALC_SPECS, built-in."""
    named = os.environ.get(ENVIRONMENT, "")
    from_environment = [Path(each) for each in named.split(os.pathsep) if each]
    return (*given, *from_environment, BUILT_IN)


def folded(name: str) -> str:
    """Return a name as it is compared: full width, case and separators do not matter."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def chip_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the spec sheet of every chip id; a file in an earlier folder shadows later ones."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update((path.stem, path) for path in sorted(folder.glob("chips/*/*.yaml")))
    return found


def mentioning(name: str, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the ids of the chips whose sheets mention a name among their own names."""
    wanted = folded(name)
    for chip, path in files.items():
        if wanted in folded(naming_lines(path)):
            yield chip


def family_names(folders: Sequence[Path]) -> set[str]:
    """Return the families that spec sheets name, for completion."""
    found: set[str] = set()
    for path in chip_files(folders).values():
        for text in _FAMILY.findall(naming_lines(path)):
            found.update(re.findall(r"[a-z0-9][\w.-]*", re.sub(r"#.*", "", text)))
    return found


def rule_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the file of every rule id; a file in an earlier folder shadows later ones."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update((path.stem, path) for path in sorted(folder.glob("rules/*/*.yaml")))
    return dict(sorted(found.items()))


def group_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the file of the country groups of every regime, by its id."""
    found: dict[str, Path] = {}
    for folder in reversed(list(folders)):
        found.update((path.stem, path) for path in sorted(folder.glob("groups/*.yaml")))
    return found


def language_files(folders: Iterable[Path]) -> dict[str, Path]:
    """Return the file of phrases of every language, by its code."""
    found: dict[str, Path] = {}
    for folder in reversed(list(folders)):
        found.update((path.stem, path) for path in sorted(folder.glob("languages/*.yaml")))
    return found


def claim_files(folders: Sequence[Path]) -> dict[str, Path]:
    """Return the file of claims of every article id."""
    found: dict[str, Path] = {}
    for folder in reversed(folders):
        found.update((path.stem, path) for path in sorted(folder.glob("claims/*.yaml")))
    return found


def naming_lines(path: Path) -> str:
    """Return the lines of a spec sheet that name the chip; nothing for an unreadable file."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return "\n".join(_NAMING.findall(text)) or text
