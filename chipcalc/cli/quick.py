"""The TAB key where chips are named, answered before the library of commands is there.

Importing that takes longer than anybody waits for a TAB. What the commands take stands in the
snapshot; whatever is not plainly the name of a chip is left to the library.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chipcalc import files
from chipcalc.snapshot.reading import snapshot

ASKED = "_CHIPCALC_COMPLETE"
GLOBAL = ("--no-pager",)
_SHELLS = {"complete_bash": "{}", "complete_zsh": '"{}"'}
_NOT_PLAIN = frozenset("\"'\\$`|&;<>(){}*?[]#~=%!\n")


def chips(incomplete: str) -> list[str]:
    """Return the ids and families of chips that begin like this."""
    folders = files.spec_folders()
    names = sorted({*files.by_id(folders, files.CHIPS), *files.family_names(folders)})
    return [name for name in names if name.startswith(incomplete.casefold()) and name.isprintable()]


def answered() -> bool:
    """Print what completes the name of a chip; return False for a question of another kind."""
    shell = _SHELLS.get(os.environ.get(ASKED, ""))
    kept = snapshot()
    words = _words() if shell and kept else None
    if not shell or not kept or not words or not _names_a_chip(words, kept.completion):
        return False
    found = [shell.format(each) for each in chips(words[-1])]
    if shell == "{}":
        sys.stdout.write("\n".join(found) + "\n")
    else:
        joined = "\n".join(found)
        sys.stdout.write(f"_arguments '*: :(({joined}))'\n" if found else "_files\n")
    return True


def _words() -> list[str] | None:
    """Return the words up to the one to complete, which comes last; None unless all are plain."""
    if os.environ[ASKED] == "complete_bash":
        line, place = os.environ.get("COMP_WORDS", ""), os.environ.get("COMP_CWORD", "")
        words = [*line.split(), ""]
        if not place.isdigit() or int(place) >= len(words):
            return None
        words = words[: int(place) + 1]
    else:
        line = os.environ.get("_TYPER_COMPLETE_ARGS", "")
        words = [*line.split(), *([""] if line.endswith(" ") else [])]
    return None if _NOT_PLAIN & {*line} else words


def _names_a_chip(words: Sequence[str], commands: Mapping[str, Any]) -> bool:
    """Whether the last word is the name of a chip: an argument, and no option or value of one."""
    said = iter([each for each in words[1:-1] if each not in GLOBAL])
    taken = commands.get(next(said, ""))
    if taken is None or words[-1].startswith("-"):
        return False
    return all(_is_known(each, said, taken) for each in said)


def _is_known(word: str, rest: Iterator[str], taken: Mapping[str, bool]) -> bool:
    """Whether a word is an argument or a known option, whose value follows it."""
    if not word.startswith("-"):
        return True
    if word not in taken:
        return False
    return not taken[word] or next(rest, None) is not None
