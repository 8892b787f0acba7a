"""The application: which page answers which address, in which language and format."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from chipcalc.errors import ChipcalcError
from chipcalc.web import downloads
from chipcalc.web.address import Address, address
from chipcalc.web.guard import REFUSED, TOO_LATE, TOO_MUCH, Guard, Limits, TooMuchError
from chipcalc.web.library import Library
from chipcalc.web.links import STATIC, ServerLinks
from chipcalc.web.page import MISSING, WRONG, Page
from chipcalc.web.pages import (
    check,
    chip,
    claims,
    compare,
    data,
    first,
    licence,
    rules,
    screen,
    search,
    timeline,
)
from chipcalc.web.rendering import rendered
from chipcalc.web.sending import sent_to
from chipcalc.words.language import ENGLISH

if TYPE_CHECKING:
    from starlette.requests import Request

    from chipcalc.web.page import Maker

PAGES: Mapping[str, Maker] = {
    "/": first.page,
    "/chip/{name}": chip.page,
    "/check": check.page,
    "/compare": compare.page,
    "/search": search.page,
    "/licence": licence.page,
    "/claims": claims.page,
    "/claims/{name}": claims.page,
    "/rules": rules.page,
    "/rule/{name}": rules.one,
    "/data": data.page,
    "/timeline": timeline.page,
    "/timeline/{name}": timeline.page,
}
_LINKS = ServerLinks()
_HTML = "text/html; charset=utf-8"
_MISSING = Page("wrong.html", "No such page", {"problems": ()}, status=MISSING)


def application(library: Library, host: str = "127.0.0.1", limits: Limits | None = None) -> Guard:
    """Return the application behind its guard, for a server at a host."""
    routes: list[Any] = []
    for path, make in PAGES.items():
        for ending in downloads.TYPES:
            named = "/map" if path == "/" else path
            routes.append(Route(f"{named}.{ending}", _taken(library, make, ending)))
        routes.append(Route(path, _shown(library, make)))
    routes.append(Route("/screen", sent_to(library), methods=["POST"]))
    routes.append(Route("/screen", _shown(library, screen.page)))
    routes.append(Route("/names.json", _names(library)))
    static = resources.files("chipcalc.web").joinpath("static")
    routes.append(Mount(STATIC, StaticFiles(directory=str(static))))
    missing = _shown(library, lambda library, asked: _MISSING)  # noqa: ARG005 pages share it
    handlers: dict[Any, Any] = {404: missing, TooMuchError: _refused, TimeoutError: _refused}
    return Guard(Starlette(routes=routes, exception_handlers=handlers), host, limits)


async def _refused(_: Request, fault: Exception) -> Response:
    status = TOO_MUCH if isinstance(fault, TooMuchError) else TOO_LATE
    return Response(f"{REFUSED[status]}\n", status, media_type="text/plain; charset=utf-8")


def answer(library: Library, make: Maker, asked: Address) -> tuple[Page, str]:
    """Return a page and its HTML; what cannot be answered at all is a page that says so."""
    if make is first.page:
        first.prepare(library, asked)
    with library.lock:
        try:
            language = library.language(asked.language)
        except ChipcalcError:
            language, asked = ENGLISH, asked.changed(lang=None)
        try:
            page = make(library, asked)
        except ChipcalcError as fault:
            status = MISSING if any(each.unknown for each in fault.problems) else WRONG
            page = Page("wrong.html", "Not answered", {"problems": fault.problems}, status=status)
        return page, rendered(page, asked, _LINKS, language)


def _shown(library: Library, make: Maker) -> Callable[..., Any]:
    """Return what answers a request with a page; what was asked before is kept for a while."""

    def made(asked: Address) -> tuple[int, str]:
        key = ("page", make, str(asked), library.day(""))
        if library.has(key):
            return library.kept(key, lambda: (MISSING, ""))
        found = _status(answer(library, make, asked))
        return library.kept(key, lambda: found)

    async def respond(request: Request, _: Exception | None = None) -> Response:
        status, html = await run_in_threadpool(_asked, request, made)
        return Response(html, status, media_type=_HTML)

    return respond


def _status(answered: tuple[Page, str]) -> tuple[int, str]:
    page, html = answered
    return page.status, html


def _asked(request: Request, made: Callable[[Address], tuple[int, str]]) -> tuple[int, str]:
    path = request.url.path
    try:
        asked = address(path, request.query_params.multi_items())
    except ChipcalcError as fault:
        page = Page("wrong.html", "Not answered", {"problems": fault.problems}, status=WRONG)
        return WRONG, rendered(page, Address(path), _LINKS, ENGLISH)
    return made(asked)


def _names(library: Library) -> Callable[..., Any]:
    """Return what answers with the ids and names of all chips, for a field to offer them."""

    def made() -> str:
        return json.dumps([(each.id, each.name) for each in library.chips], ensure_ascii=False)

    async def respond(_: Request) -> Response:
        found = await run_in_threadpool(library.kept, ("names",), made)
        return Response(found, media_type=downloads.TYPES["json"])

    return respond


def _taken(library: Library, make: Maker, ending: str) -> Callable[..., Any]:
    """Return what answers a request with a page in another format."""

    def made(asked: Address) -> bytes:
        if make is first.page:
            first.prepare(library, asked)
        with library.lock:
            return downloads.content(make(library, asked), ending)

    async def respond(request: Request) -> Response:
        path = request.url.path.removesuffix(f".{ending}")
        try:
            asked = address(path, request.query_params.multi_items())
            found = await run_in_threadpool(made, asked)
        except ChipcalcError as fault:
            return Response(f"{fault}\n", WRONG, media_type="text/plain; charset=utf-8")
        name = path.strip("/").replace("/", "-") or "chipcalc"
        headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
        return Response(found, headers=headers, media_type=downloads.TYPES[ending])

    return respond
