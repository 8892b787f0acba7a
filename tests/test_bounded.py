"""Files are read whole or not at all, without waiting, and never more than there is room for."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from chipcalc import bounded, files
from chipcalc.cli import completion, quick


def test_a_file_of_just_the_size_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"x" * 100)
    assert bounded.content(path, 100) == b"x" * 100
    with pytest.raises(OSError, match="larger"):
        bounded.content(path, 99)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes in folders")
def test_a_pipe_that_nobody_writes_to_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a")
    with pytest.raises(OSError, match="no plain file"):
        bounded.content(tmp_path / "a")


@pytest.mark.parametrize("name", ["a" * 5000, "a\0b", "no/such"])
def test_what_the_system_refuses_is_no_file_and_no_folder(name: str) -> None:
    assert not bounded.is_file(name)
    assert not bounded.is_folder(name)
    assert not bounded.exists(name)
    with pytest.raises(OSError):  # noqa: PT011 the system says which
        bounded.content(name)


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_the_tab_key_neither_waits_nor_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    for folder in ("chips/a", "groups", "rules/a"):
        (tmp_path / folder).mkdir(parents=True)
        path = tmp_path / folder / "x1.yaml"
        if kind == "pipe":
            os.mkfifo(path)
        else:
            path.symlink_to("/dev/zero")
    monkeypatch.setenv(files.ENVIRONMENT, str(tmp_path))
    began = time.process_time()
    folders = files.spec_folders()
    assert "x1" in quick.chips("x")
    assert "D:5" in completion.group_names(folders)
    assert completion.budget_rules(folders)
    assert time.process_time() - began < 2
