"""Streams that are closed, full or gone, and Ctrl-C: one line, and no traceback."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from chipcalc.cli.guard import refusal

ROOT = Path(__file__).parents[2]
POSIX = pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
WITHIN = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}


def shell(command: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Return what a line of the shell comes to, in which $P is the program."""
    return subprocess.run(
        ["/bin/sh", "-c", command],
        env={**WITHIN, "P": f"{sys.executable} -m chipcalc"},
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@POSIX
@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("$P check h20 >&-", "error: standard output cannot be written: it is closed"),
        ("$P --version >&-", "error: standard output cannot be written: it is closed"),
        ("$P check - <&-", "error: '-' cannot be read: standard input is closed"),
        ("$P screen - <&-", "error: '-' cannot be read: standard input is closed"),
    ],
)
def test_a_closed_stream_is_told_in_one_line(command: str, told: str) -> None:
    result = shell(command)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(told)
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("what", ["check h20", "check h20 -f json", "check h20 -f xlsx", "--help"])
def test_a_full_disk_is_told_in_one_line(what: str) -> None:
    result = shell(f"$P {what} > /dev/full")
    assert result.returncode == 2
    assert result.stderr.splitlines() == [
        "error: standard output cannot be written: no space left on device",
        "  write a file with -o",
    ]


@POSIX
@pytest.mark.parametrize("streams", ["2>&-", ">&- 2>&- <&-", "2>/dev/full"])
def test_where_nobody_listens_the_exit_status_tells(streams: str) -> None:
    assert shell(f"$P check nosuch {streams}").returncode == 2


@POSIX
def test_in_a_deleted_folder_what_needs_none_is_answered(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    result = shell('rmdir "$PWD"; $P check h20; $P check x.yaml; $P check h20 -o x.json', gone)
    assert result.stdout.startswith("H20")
    first, _, second, _ = result.stderr.splitlines()
    assert first.startswith("error: 'x.yaml' cannot be read")
    assert second.startswith("error: 'x.json' cannot be written")


@POSIX
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "ascii"])
def test_every_terminal_gets_an_answer_in_its_own_signs(encoding: str) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "chipcalc", "compare", "h20", "h100", "--all"],
        env={**WITHIN, "PYTHONIOENCODING": encoding},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0
    assert "H20" in result.stdout.decode(encoding)


@POSIX
def test_ctrl_c_ends_a_command_without_a_word() -> None:
    words = [sys.executable, "-m", "chipcalc", "timeline", "*"]
    with subprocess.Popen(
        words, env=WITHIN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        time.sleep(2)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert (out, "Traceback" in err) == ("", False)


INTERRUPTED = """
import sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Interrupting())
from chipcalc.__main__ import main

sys.argv[1:] = ["compare", "h20", "h100"]
main()
"""


@POSIX
@pytest.mark.parametrize("module", ["chipcalc.cli", "typing", "chipcalc.cli.guard", "typer"])
def test_ctrl_c_while_modules_are_loaded_ends_it_without_a_word(module: str) -> None:
    result = subprocess.run(
        [sys.executable, "-S", "-c", INTERRUPTED.replace("sys.argv[1]", repr(module))],
        env={**WITHIN, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stdout, result.stderr) == (130, "", "")


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (PermissionError(errno.EACCES, "Permission denied", "a/b"), "'a/b': permission denied"),
        (OSError(errno.EINVAL, "Invalid argument", "CON.yaml"), "'CON.yaml': invalid argument"),
        (FileNotFoundError(errno.ENOENT, "No such file"), "the working folder is no longer there"),
        (OSError(errno.EIO, "Input/output error"), "cannot be written: input/output error"),
        (MemoryError(), "there is not enough memory"),
        (RecursionError(), "nested too deeply"),
    ],
)
def test_what_the_system_refuses_is_said_in_words(fault: BaseException, told: str) -> None:
    what, hint = refusal(fault)
    assert told in what
    assert hint


def as_somebody_else() -> list[str]:
    """Return the words that run a command as one who may not search every folder."""
    if os.geteuid() != 0:
        return []
    found = shutil.which("setpriv")
    if not found:
        pytest.skip("as root every folder can be searched, and setpriv is not there")
    return [found, "--reuid=65534", "--regid=65534", "--clear-groups"]


@POSIX
@pytest.mark.parametrize("words", ["check h20", "list", "check nosuch", "lint"])
@pytest.mark.parametrize("closed", ["chips", "chips/acme"])
def test_a_folder_that_may_not_be_searched_is_told_and_not_taken_as_empty(
    words: str, closed: str
) -> None:
    """A sheet in it may shadow the built-in one, so that no answer is right without it."""
    with tempfile.TemporaryDirectory() as root:
        specs = Path(root, "specs")
        (specs / "chips/acme").mkdir(parents=True)
        Path(root).chmod(0o755)
        (specs / closed).chmod(0)
        told = [str(specs)] if words == "lint" else ["--specs", str(specs)]
        result = subprocess.run(
            [*as_somebody_else(), sys.executable, "-m", "chipcalc", *words.split(), *told],
            env={**WITHIN, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        (specs / closed).chmod(0o755)
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("error: ")
    assert f"{closed}' cannot be searched: permission denied" in result.stderr
