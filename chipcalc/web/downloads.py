"""What can be taken away from a page: the same answer in another format."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chipcalc.errors import error
from chipcalc.tables.render import comma_separated, json_text, markdown
from chipcalc.tables.report import Report
from chipcalc.web.page import Page

TYPES: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TEXTS: Mapping[str, Callable[[Report], str]] = {
    "csv": comma_separated,
    "json": json_text,
    "md": markdown,
}


def content(page: Page, ending: str) -> bytes:
    """Return a page in another format; raises ChipcalcError for one that it does not have."""
    if ending not in page.endings:
        raise error(f"this page has no .{ending}", f"it has {', '.join(page.endings) or 'none'}")
    if ending == "svg" and page.picture:
        return page.picture().encode()
    if page.report is None:
        raise error("this page has no answer to take away")
    if ending == "xlsx":
        from chipcalc.tables.workbook import workbook

        return workbook(page.report)
    return f"{_TEXTS[ending](page.report)}\n".encode()
