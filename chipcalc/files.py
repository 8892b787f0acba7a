"""Where spec files lie, and which of them mention a name, without reading them as YAML."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from chipcalc import bounded
from chipcalc.errors import error
from chipcalc.snapshot.reading import snapshot

_PACKAGE = Path(__file__).resolve().parent
_KEY = r"""["']?[A-Za-z_][\w-]*["']?[ \t]*:"""
_NAMING = re.compile(
    rf"""^["']?(?:id|name|family|stands_for|aliases)["']?[ \t]*:.*(?:\n(?!{_KEY}).*)*""",
    re.MULTILINE,
)
_FAMILY = re.compile(rf"""^["']?family["']?[ \t]*:(.*(?:\n(?!{_KEY}).*)*)""", re.MULTILINE)
_SEPARATORS = re.compile(r"[\s_\-‐‑–]+")
_ASCII_SEPARATORS = {number: None for number in range(128) if _SEPARATORS.match(chr(number))}

BUILT_IN = next(
    (folder for folder in (_PACKAGE / "specs", _PACKAGE.parent / "specs") if folder.is_dir()),
    _PACKAGE / "specs",
)
_BUILT_IN_TEXT = str(BUILT_IN)
UNITS_FILE = BUILT_IN / "units.txt"
COUNTRIES_FILE = BUILT_IN / "countries.yaml"
ENVIRONMENT = "CHIPCALC_SPECS"
CHIPS, RULES = "chips/*/*.yaml", "rules/*/*.yaml"
CLAIMS, GROUPS = "claims/*.yaml", "groups/*.yaml"
LANGUAGES, SOURCES = "languages/*.yaml", "sources/*.yaml"
DILIGENCE = "diligence/*.yaml"
REGIMES = "regimes/*.yaml"
NAMES = "names.yaml"

_LARGE = 200

_listening: list[dict[Path, bytes]] = []


def contents(path: Path) -> bytes:
    """Return what a spec file holds, and note it for whoever listens; raises OSError."""
    found = bounded.content(path)
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
    if name.isascii():
        return name.lower().translate(_ASCII_SEPARATORS)
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", name).casefold())


class Files(Mapping[str, Path]):
    """The file of every id; of thousands, a path is made of those alone that are asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts

    def __getitem__(self, name: str) -> Path:
        return Path(self.texts[name])

    def folder(self, name: str) -> str:
        """Return the name of the folder in which a file lies: of a sheet, its vendor."""
        return self.texts[name].rsplit(os.sep, 2)[-2]

    def __contains__(self, name: object) -> bool:
        return name in self.texts

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __len__(self) -> int:
        return len(self.texts)


def by_id(folders: Iterable[Path], kind: str) -> Files:
    """Return the file of every id of one kind, such as CHIPS; earlier folders shadow later ones."""
    texts: dict[str, str] = {}
    *above, last = kind.split("/")
    ending = last.removeprefix("*")
    for folder in reversed(list(folders)):
        for within in _folders(str(folder), above):
            for name, path, _ in _entries(within):
                if name.endswith(ending):
                    texts[name.removesuffix(ending)] = path
    return Files(texts)


def _folders(folder: str, pattern: Sequence[str]) -> Iterator[str]:
    """Yield the folders of a pattern within another, such as ``chips/*``, in order."""
    if not pattern:
        yield folder
    for name, path, is_folder in _entries(folder) if pattern else ():
        if pattern[0] in ("*", name) and is_folder:
            yield from _folders(path, pattern[1:])


def _entries(folder: str) -> list[tuple[str, str, bool]]:
    """Return the name and path of what lies in a folder, in order, and whether it is a folder.

    Raises ChipcalcError for one that may not be searched: it may shadow what lies below.
    """
    try:
        with os.scandir(folder) as found:
            return sorted((each.name, each.path, each.is_dir()) for each in found)
    except PermissionError as fault:
        what = f"'{folder}' cannot be searched: {bounded.reason(fault)}"
        raise error(what, "look at its permissions, or name another folder") from None
    except OSError:
        return []


def is_file(name: str) -> bool:
    """Whether a name is the path of a file, or ``-`` for standard input, and no id.

    A slash alone makes none: products are printed as S4/S8.
    """
    if name == "-" or name.endswith((".yaml", ".yml")) or name.startswith((".", "/", "~")):
        return True
    return "/" in name and bounded.is_folder(Path(name).parent)


def mentioning(name: str, files: Mapping[str, Path]) -> Iterator[str]:
    """Yield the ids of the chips whose sheets mention a name among their own names."""
    wanted = folded(name)
    for chip, path in as_files(files).texts.items():
        if wanted in folded_naming(path):
            yield chip


def family_names(folders: Sequence[Path]) -> set[str]:
    """Return the families that spec sheets name, for completion."""
    families: set[str] = set()
    for path in by_id(folders, CHIPS).values():
        for text in _FAMILY.findall(naming_lines(path)):
            families.update(re.findall(r"[a-z0-9][\w.-]*", re.sub(r"#.*", "", text)))
    return families


def kept_naming(path: Path | str) -> Sequence[Any]:
    """Return what the snapshot has of the lines that name a chip, or nothing.

    These are the lines, the same folded, and what they say as data.
    """
    whole = snapshot()
    return whole.naming.get(name_within(path), ()) if whole else ()


def name_within(path: Path | str) -> str:
    """Return the path of a built-in file within its folder; nothing for another file."""
    text, folder = str(path), f"{BUILT_IN}{os.sep}"
    return text.removeprefix(folder).replace(os.sep, "/") if text.startswith(folder) else ""


def state(path: Path | str) -> tuple[int, int]:
    """Return the time and the size of a file, which change with it; zeros for none."""
    try:
        found = os.stat(path)  # noqa: PTH116 twice as fast, and asked of thousands
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size


def folded_naming(path: Path | str) -> str:
    """Return the lines of a spec sheet that name the chip, folded."""
    found = kept_naming(path)
    return found[1] if found else _folded_lines(Path(path), state(path))


def folded_namings(sheets: Mapping[str, Path]) -> dict[str, str]:
    """Return the lines that name each chip, folded, those of large folders from an index."""
    known = remembered(sheets, "naming", folded_naming)
    paths = as_files(sheets).texts
    return {c: known[c] if c in known else folded_naming(paths[c]) for c in paths}


def remembered(
    sheets: Mapping[str, Path], what: str, read: Callable[[Path], str]
) -> dict[str, str]:
    """Return what is read of each sheet in large folders of a user's; from an index, if it is."""
    inside: dict[str, dict[str, str]] = {}
    for chip, text in as_files(sheets).texts.items():
        folder = text.rsplit(os.sep, 3)[0]
        inside.setdefault(folder, {})[chip] = text
    found: dict[str, str] = {}
    for folder, paths in inside.items():
        if len(paths) >= _LARGE and folder != _BUILT_IN_TEXT:
            from chipcalc.naming_index import Index  # most folders are small

            found |= Index(Path(folder), what).texts(paths, state, read)
    return found


def as_files(sheets: Mapping[str, Path]) -> Files:
    """Return the file of every id as such."""
    return sheets if isinstance(sheets, Files) else Files({k: str(v) for k, v in sheets.items()})


@lru_cache(maxsize=50_000)
def _folded_lines(path: Path, _: tuple[int, int]) -> str:
    return folded(naming_lines(path))


def naming_lines(path: Path) -> str:
    """Return the lines of a spec sheet that name the chip; nothing for an unreadable file."""
    found = kept_naming(path)
    if found:
        return str(found[0])
    try:
        text = bounded.text(path)
    except OSError:
        return ""
    return "\n".join(_NAMING.findall(text)) or text
