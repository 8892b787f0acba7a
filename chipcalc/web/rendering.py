"""Pages as HTML: templates, filled in with what a page shows, in one of the languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup, escape

from chipcalc.web.address import Address
from chipcalc.web.links import Links
from chipcalc.web.page import Page
from chipcalc.words.language import Language

NAVIGATION = (
    ("/", "Map"),
    ("/compare", "Compare"),
    ("/check", "Check a part"),
    ("/licence", "Licence"),
    ("/claims", "Claims"),
    ("/rules", "Rules"),
    ("/data", "Data"),
)
LANGUAGES = (("en", "English"), ("zh", "中文"))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
STATUSES = ("official", "reported", "estimated")


@cache
def environment() -> jinja2.Environment:
    """Return the templates, in which everything is escaped and nothing may be missing."""
    found = jinja2.Environment(
        loader=jinja2.PackageLoader("chipcalc.web", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["held"] = held
    return found


def held(text: str) -> Markup:
    """Return words in which no day is broken."""
    marked = _DAY.sub(r'<span class="held">\g<0></span>', str(escape(text)))
    return Markup(marked)  # noqa: S704 the words were escaped


def rendered(page: Page, address: Address, links: Links, language: Language) -> str:
    """Return a page as HTML."""
    shared: Mapping[str, Any] = {
        "_": language.say,
        "address": address,
        "link": links.to,
        "to_card": lambda chip: _card(address, links, chip),
        "static": links.static,
        "download": links.download,
        "is_live": links.is_live,
        "language": language.code,
        "languages": LANGUAGES,
        "navigation": NAVIGATION,
        "statuses": STATUSES,
        "title": page.title,
        "page": page,
    }
    return environment().get_template(page.template).render({**shared, **page.values})


def _card(address: Address, links: Links, chip: str) -> str:
    """Return where the mark of a chip leads: to its card on this page, else to its own page."""
    return links.to(address.changed(on=chip)) or links.to(address.to(f"/chip/{chip}"))
