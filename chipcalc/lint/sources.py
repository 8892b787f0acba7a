"""Problems of sources: addresses that cannot be cited, and whose document a source is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from chipcalc.errors import Problem, did_you_mean
from chipcalc.lint.standards import Addresses, standards
from chipcalc.schema.source import Source, source_problems
from chipcalc.sheets.store import Store
from chipcalc.yamlio import Document

_LANGUAGE = re.compile(r"[a-z]{2}([-_][a-z]{2,4})?", re.IGNORECASE)
_SPECIFIC = "name the page, the table, or the file at a commit"


def own_source_problems(
    sources: Mapping[str, Source], used: Collection[str], document: Document, store: Store
) -> Iterator[Problem]:
    """Yield the sources of a file that are unused, were read too early, or cannot be cited."""
    yield from source_problems(sources, used, document)
    for key, source in sources.items():
        for field, what, hint in faults(source, store):
            yield document.problem(("sources", key, field), what, hint)


def faults(source: Source, store: Store) -> Iterator[tuple[str, str, str]]:
    """Yield the key of a source, what is wrong with it, and what to write instead."""
    kind = uncitable(source.url, standards(store).addresses)
    if kind:
        yield "url", f"the address of {kind} cannot be cited", _SPECIFIC
    known = store.vocabulary.vendors
    if source.quotes and known and source.quotes not in known:
        hint = did_you_mean(source.quotes, known) or "name the folder of a vendor"
        yield "quotes", f"no vendor '{source.quotes}'", hint


def uncitable(url: str, addresses: Addresses) -> str:
    """Return what an address leads to where that is no publication; nothing for one that is."""
    split = urlsplit(url)
    parts = [each.lower() for each in split.path.split("/") if each]
    asked = parse_qs(split.query)
    if any(each in addresses.searches for each in parts) or set(addresses.queries) & set(asked):
        return "a search"
    if split.query:
        return ""
    named = [each for each in parts if not _LANGUAGE.fullmatch(each)]
    if all(each.partition(".")[0] in addresses.homes for each in named):
        return "a home page"
    host = split.netloc.lower().removeprefix("www.")
    at_root = len(parts) <= 2 and host in addresses.repositories
    return "a whole repository" if at_root else ""


def is_of(vendor: str, source: Source, store: Store) -> bool:
    """Whether a source is a vendor's own, or a copy that quotes it.

    A vendor whose addresses are not known is told by the name of the publisher.
    """
    if source.quotes:
        return source.quotes == vendor
    known = store.vocabulary.vendors.get(vendor)
    if known and known.addresses:
        return any(_lies_under(source.url, each) for each in known.addresses)
    names = {vendor.casefold(), known.name.casefold() if known else ""} - {""}
    return any(source.publisher.casefold().startswith(each) for each in names)


def _lies_under(url: str, address: str) -> bool:
    """Whether a page is at a host, or one below it, and under a path where one is given."""
    split = urlsplit(url)
    host, _, path = address.lower().partition("/")
    there = split.netloc.lower()
    at_host = there == host or there.endswith(f".{host}")
    return at_host and f"{split.path.lower().strip('/')}/".startswith(f"{path}/" if path else "")
