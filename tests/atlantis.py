"""A made-up regime: a folder with its file and its one rule."""

from __future__ import annotations

from pathlib import Path

ATLANTIS = """\
id: at
name: Atlantis
short: Atlantis
order: 50
publisher: The Senate of Atlantis
says: {listed: on the tablet, not_listed: not on the tablet}
verified: 2026-01-01
"""
TABLET = """\
id: at-1
paragraph: Tablet 1
title: Fast circuits
kind: classification
precedence: 1
verified: 2026-01-01
sources:
  tablet: {title: T, publisher: A, url: https://atlantis.example/1, accessed: 2026-01-02}
versions:
  - in_force: 2025-01-01
    source: tablet
    at: line 1
    confidence: text
    any: [{cite: Tablet 1, all: {tpp: {at_least: 5000 TOPS*bit}}}]
    leaves_open: {Tablet 2: It was lost.}
    examples:
      - {given: {tpp: 5000 TOPS*bit}, expect: met, cite: Tablet 1}
      - {given: {tpp: 4999 TOPS*bit}, expect: not met}
"""


def made_up(folder: Path) -> Path:
    """Write the regime into a folder, and return it."""
    (folder / "regimes").mkdir()
    (folder / "rules" / "at").mkdir(parents=True)
    (folder / "regimes" / "at.yaml").write_text(ATLANTIS, encoding="utf-8")
    (folder / "rules" / "at" / "at-1.yaml").write_text(TABLET, encoding="utf-8")
    return folder
