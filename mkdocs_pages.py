"""Pages of the documentation that are made of the data and the code: rules, metrics, commands."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from typer.testing import CliRunner

import chipcalc as cc
from chipcalc.cli import app, application

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

_WIDTH = {"COLUMNS": "80"}
_BESIDE = {"CONTRIBUTING.md": "contributing.md", "README.md": "index.md"}
_INTRODUCED = {
    "rules": "Every rule with its days, its criteria, its sources and what is not modelled.",
    "metrics": "Every metric: what it is, how it is counted, and how it is written wrongly.",
    "commands": "Every command, with what it takes.",
}


class Page(NamedTuple):
    """A page that is made: where it stands, its title, and its text."""

    path: str
    title: str
    text: str


def _printed(*words: str) -> str:
    program = application(words[0])
    done = CliRunner(env=_WIDTH).invoke(program, list(words), prog_name="chipcalc")
    if done.exit_code:
        raise RuntimeError(done.output)
    return done.stdout


def _screen(text: str) -> str:
    return f"<pre><code>{html.escape(text.rstrip())}</code></pre>\n"


def rules(db: cc.Database) -> Iterator[Page]:
    """Yield a page for each rule of every regime."""
    for regime in db.rules().rulebook.everywhere():
        for provision in regime.provisions.values():
            rule = provision[0].rule
            screen = _screen(_printed("rules", rule.id, "--all"))
            title = f"{rule.paragraph}: {rule.title}"
            yield Page(f"reference/rules/{rule.id}.md", title, screen)


def metrics(db: cc.Database) -> Iterator[Page]:
    """Yield a page for each metric."""
    for name, metric in db.store.vocabulary.metrics.items():
        screen = _screen(_printed("metrics", name))
        yield Page(f"reference/metrics/{name}.md", f"{name}: {metric.label}", screen)


def commands() -> Iterator[Page]:
    """Yield a page for each command: what its --help prints."""
    for each in app.registered_commands:
        name = each.name or getattr(each.callback, "__name__", "")
        screen = _screen(_printed(name, "--help"))
        yield Page(f"reference/commands/{name}.md", f"chipcalc {name}", screen)


def python() -> Page:
    """Return the page of the Python API, which is read from its docstrings."""
    names = [name for name in cc.__all__ if not name.startswith("__")]
    places = sorted({getattr(cc, name).__module__ for name in names})
    text = "\n".join(f"::: {place}\n" for place in places)
    return Page("reference/python.md", "Python, name by name", text)


def _index(kind: str, pages: Iterable[Page]) -> Page:
    links = [f"- [{each.title}]({each.path.removeprefix('reference/')})" for each in pages]
    text = "\n".join((_INTRODUCED[kind], "", *links, ""))
    return Page(f"reference/{kind}.md", kind.capitalize(), text)


def pages() -> list[Page]:
    """Return all pages that are made, each kind with a page that lists it."""
    db = cc.open()
    found = [python(), contributing()]
    for kind, made in (("rules", rules(db)), ("metrics", metrics(db)), ("commands", commands())):
        of_kind = list(made)
        found += [*of_kind, _index(kind, of_kind)]
    return found


def contributing() -> Page:
    """Return the guide to contributing, with its links as they are from this place."""
    text = (Path(__file__).parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
    title, _, rest = text.partition("\n")
    return Page("contributing.md", title.lstrip("# "), rest.replace("](docs/", "]("))


def on_page_markdown(markdown: str, **_: object) -> str:
    """Return a page with its links to what stands beside the documents in the repository."""
    for file, page in _BESIDE.items():
        markdown = markdown.replace(f"](../{file}", f"]({page}").replace(f"]({file}", f"]({page}")
    return markdown


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages to those that are written by hand, as mkdocs asks for it."""
    from mkdocs.structure.files import File

    for each in pages():
        text = f"# {each.title}\n\n{each.text}"
        files.append(File.generated(config, each.path, content=text))
    return files
