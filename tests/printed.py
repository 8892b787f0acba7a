"""A quick question to every command that prints."""

from __future__ import annotations

from pathlib import Path

EXCERPT = str(Path(__file__).parent / "intake" / "epoch_excerpt.csv")
OF_EPOCH = ("--mapping", "epoch-ml-hardware")
CALC = ("calc", "h20.memory_bandwidth / h100-sxm.memory_bandwidth")
PRINTING = {
    "compare": ("compare", "h20", "h200", "-m", "tpp"),
    "calc": CALC,
    "show": ("show", "h20"),
    "list": ("list", "--family", "thor"),
    "metrics": ("metrics", "tpp"),
    "check": ("check", "h20", "--as-of", "2026-02-01", "--rule", "3A090.a"),
    "headroom": ("headroom", "h20", "--as-of", "2026-02-01", "--rule", "3A090.a"),
    "timeline": ("timeline", "h20", "--rule", "3A090.a"),
    "diff": ("diff", "l40", "--between", "2023-11-16", "2023-11-17"),
    "rules": ("rules", "3A090.a"),
    "licence": ("licence", "h20", "--to", "CN", "--as-of", "2026-02-01"),
    "memo": ("memo", "h20", "--to", "CN", "--as-of", "2026-02-01"),
    "budget": ("budget", "h20", "--tpp", "26900000"),
    "groups": ("groups", "D:5"),
    "claims": ("claims", "h20-returns-2025-07", "a07"),
    "import": ("import", EXCERPT, *OF_EPOCH, "--dry-run"),
}
