"""Where spec files lie, and which of them mention a name, without reading them as YAML."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chipcalc.snapshot.reading import snapshot

if TYPE_CHECKING:
    from chipcalc.naming_index import Index

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
CHIPS, RULES = "chips/*/*.yaml", "rules/*/*.yaml"
CLAIMS, GROUPS = "claims/*.yaml", "groups/*.yaml"
LANGUAGES, SOURCES = "languages/*.yaml", "sources/*.yaml"
DILIGENCE = "diligence/*.yaml"
NAMES = "names.yaml"

_LARGE = 200

_listening: list[dict[Path, bytes]] = []


def contents(path: Path) -> bytes:
    """Return what a spec file holds, and note it for whoever listens; raises OSError."""
    found = path.read_bytes()
    note(path, found)
    return found


def note(path: Path, content: bytes) -> None:
    """Tell whoever listens that a file was read."""
    for each in _listening:
        each[path] = content


def is_heard() -> bool:
    """Whether anybody listens to which files are read."""
    return bool(_listening)


@contextmanager
def noting() -> Iterator[Mapping[Path, bytes]]:
    """Yield a mapping that fills with every spec file that is read meanwhile, as it was then."""
    found: dict[Path, bytes] = {}
    _listening.append(found)
    try:
        yield found
    finally:
        del _listening[next(n for n, each in enumerate(_listening) if each is found)]


def spec_folders(given: Sequence[Path] = ()) -> tuple[Path, ...]:
    """Return the spec folders, first come first served: given, $CHIPCALC_SPECS, built-in."""
    named = os.environ.get(ENVIRONMENT, "")
    from_environment = [Path(each) for each in named.split(os.pathsep) if each]
    return (*given, *from_environment, BUILT_IN)


def folded(name: str) -> str:
    """Return a name as it is compared: full width, case and separators do not matter."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


def by_id(folders: Iterable[Path], kind: str) -> dict[str, Path]:
    """Return the file of every id of one kind, such as CHIPS; earlier folders shadow later ones."""
    paths: dict[str, Path] = {}
    for folder in reversed(list(folders)):
        paths.update(
            (path.stem, path) for path in sorted(folder.glob(kind), key=attrgetter("parts"))
        )
    return paths


def is_file(name: str) -> bool:
    """Whether a name is the path of a file, or ``-`` for standard input, and no id.

    A slash alone makes none: products are printed as S4/S8.
    """
    if name == "-" or name.endswith((".yaml", ".yml")) or name.startswith((".", "/", "~")):
        return True
    return "/" in name and Path(name).parent.is_dir()


def mentioning(name: str, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the ids of the chips whose sheets mention a name among their own names."""
    wanted = folded(name)
    for chip, path in files.items():
        if wanted in folded_naming(path):
            yield chip


def family_names(folders: Sequence[Path]) -> set[str]:
    """Return the families that spec sheets name, for completion."""
    families: set[str] = set()
    for path in by_id(folders, CHIPS).values():
        for text in _FAMILY.findall(naming_lines(path)):
            families.update(re.findall(r"[a-z0-9][\w.-]*", re.sub(r"#.*", "", text)))
    return families


def kept_naming(path: Path) -> Sequence[Any]:
    """Return what the snapshot has of the lines that name a chip, or nothing.

    These are the lines, the same folded, and what they say as data.
    """
    whole = snapshot()
    return whole.naming.get(name_within(path), ()) if whole else ()


def name_within(path: Path) -> str:
    """Return the path of a built-in file within its folder; nothing for another file."""
    text, folder = str(path), f"{BUILT_IN}{os.sep}"
    return text.removeprefix(folder).replace(os.sep, "/") if text.startswith(folder) else ""


def state(path: Path) -> tuple[int, int]:
    """Return the time and the size of a file, which change with it; zeros for none."""
    try:
        found = os.stat(path)  # noqa: PTH116 twice as fast, and asked of thousands
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def folded_naming(path: Path) -> str:
    """Return the lines of a spec sheet that name the chip, folded."""
    found = kept_naming(path)
    return found[1] if found else _folded_lines(path, state(path))


def folded_namings(sheets: Mapping[str, Path]) -> dict[str, str]:
    """Return the lines that name each chip, folded, those of large folders from an index."""
    inside = {chip: _folder(path) for chip, path in sheets.items()}
    large = [each for each, count in Counter(inside.values()).items() if each and count >= _LARGE]
    if not large:
        return {chip: folded_naming(path) for chip, path in sheets.items()}
    from chipcalc.naming_index import Index  # most folders are small

    indexes = {each: Index(Path(each)) for each in large}
    found = {}
    for chip, path in sheets.items():
        index = indexes.get(inside.get(chip, ""))
        found[chip] = _indexed(path, index) if index else folded_naming(path)
    for index in indexes.values():
        index.save()
    return found


def _folder(path: Path) -> str:
    """Return the spec folder of a user's sheet; nothing for a built-in one."""
    text = str(path)
    return "" if text.startswith(f"{BUILT_IN}{os.sep}") else text.rsplit(os.sep, 3)[0]


def _indexed(path: Path, index: Index) -> str:
    name, now = f"{path.parent.name}/{path.name}", state(path)
    known = index.known(name, now)
    if known is None:
        known = _folded_lines(path, now)
        index.keep(name, now, known)
    return known


@lru_cache(maxsize=50_000)
def _folded_lines(path: Path, _: tuple[int, int]) -> str:
    return folded(naming_lines(path))


def naming_lines(path: Path) -> str:
    """Return the lines of a spec sheet that name the chip; nothing for an unreadable file."""
    found = kept_naming(path)
    if found:
        return str(found[0])
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(_NAMING.findall(text)) or text
