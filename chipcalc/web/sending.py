"""What is sent to a page: a table in a form, bounded, read once and kept nowhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from chipcalc.errors import ChipcalcError
from chipcalc.web.address import Address
from chipcalc.web.downloads import TYPES
from chipcalc.web.library import Library
from chipcalc.web.links import ServerLinks
from chipcalc.web.page import WRONG, Page
from chipcalc.web.pages import screen
from chipcalc.web.pages.screen import Sent
from chipcalc.web.rendering import rendered
from chipcalc.words.language import ENGLISH

if TYPE_CHECKING:
    from starlette.requests import Request

_MOST = 5_000_000  # bytes of a field
_FIELDS = 1_200
_WHOLE = "parts.csv"


def sent_to(library: Library) -> Callable[[Request], Awaitable[Response]]:
    """Return what answers a table that was sent: with a page, or with a workbook."""

    async def respond(request: Request) -> Response:
        async with request.form(max_files=1, max_fields=_FIELDS, max_part_size=_MOST) as form:
            sent = await _sent(form)
            said = str(form.get("as", ""))
            language = str(form.get("lang", ""))
        if said == "xlsx":
            return await run_in_threadpool(_workbook, library, sent)
        return await run_in_threadpool(_page, library, sent, language)

    return respond


async def _sent(form: FormData) -> Sent:
    upload = form.get("table")
    name, content = _WHOLE, str(form.get("text", "")).encode()
    if isinstance(upload, UploadFile):
        name, content = upload.filename or "", await upload.read()
    chosen = {
        int(key.removeprefix("row-")): str(value)
        for key, value in form.items()
        if key.startswith("row-") and key[4:].isdigit() and value
    }
    columns = tuple(str(each) for each in form.getlist("column") if str(each).strip())
    sent = Sent(name, content, str(form.get("as_of", "")), str(form.get("to", "")), columns, chosen)
    return screen.with_choices(sent)


def _workbook(library: Library, sent: Sent) -> Response:
    try:
        with library.lock:
            found = screen.download(library, sent)
    except ChipcalcError as fault:
        return Response(f"{fault}\n", WRONG, media_type="text/plain; charset=utf-8")
    headers = {"content-disposition": 'attachment; filename="verdicts.xlsx"'}
    return Response(found, headers=headers, media_type=TYPES["xlsx"])


def _page(library: Library, sent: Sent, code: str) -> Response:
    with library.lock:
        page: Page = screen.answered(library, sent)
        try:
            language = library.language(code or ENGLISH.code)
        except ChipcalcError:
            language = ENGLISH
        values = (("lang", code),) if language is not ENGLISH else ()
        html = rendered(page, Address("/screen", values), ServerLinks(), language)
    return Response(html, page.status, media_type="text/html; charset=utf-8")
