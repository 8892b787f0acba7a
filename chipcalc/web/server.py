"""The server: it opens the data once, warms itself up, and answers until it is stopped."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from functools import partial

import uvicorn

from chipcalc.api.database import Database
from chipcalc.errors import error
from chipcalc.web.address import address
from chipcalc.web.application import answer, application
from chipcalc.web.library import Library
from chipcalc.web.pages import first
from chipcalc.web.stops import stops

_MOST_AT_ONCE = 200
_QUIET = 5  # seconds until an idle connection is closed


def bound(host: str, port: int) -> socket.socket:
    """Return a socket that listens at a host and port; raises ChipcalcError where it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
        found.listen(_MOST_AT_ONCE)  # who comes before the server has started waits for it
    except OSError as fault:
        found.close()
        reason = (fault.strerror or str(fault) or "no reason is known").lower()
        what = f"no server can be at {host}, port {port}: {reason}"
        raise error(what, "choose another one: --port 0 takes any that is free") from None
    return found


def at(listening: socket.socket, host: str) -> str:
    """Return the address of a server at a socket, as a browser takes it."""
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 it is only shown
    name = f"[{shown}]" if ":" in shown else shown
    return f"http://{name}:{listening.getsockname()[1]}/"


def serve(db: Database, listening: socket.socket, host: str, *, browser: bool) -> None:
    """Answer requests at a socket until the process is interrupted."""
    library = Library(db)
    config = uvicorn.Config(
        application(library, host),
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_keep_alive=_QUIET,
        timeout_graceful_shutdown=2,
        lifespan="off",
        ws="none",
    )
    opens = partial(webbrowser.open, at(listening, host)) if browser else lambda: None
    threading.Thread(target=warmed, args=(library, opens), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def warmed(library: Library, then: Callable[[], object]) -> None:
    """Make what the first page needs, then do something, then make what its slider leads to."""
    start = address("/", ())
    answer(library, first.page, start)
    then()
    today = library.day("")
    for each in stops(library.rules(today), today):
        answer(library, first.page, start.changed(as_of=each.day.isoformat()))
