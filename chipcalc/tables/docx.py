"""A report as a Word document: headings, tables whose head repeats, lists, links and commands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from chipcalc.errors import error
from chipcalc.tables.documents import (
    Branch,
    flat,
    full,
    has_titles,
    headed,
    parts,
    phrases,
    selected,
    titled,
    trees,
)
from chipcalc.tables.fitting import Ready, pages
from chipcalc.tables.layout import joined
from chipcalc.tables.marks import jointed
from chipcalc.tables.paint import BOLD, role_of
from chipcalc.tables.report import Cell, Column, Grid, Report, Row
from chipcalc.tables.style import Style
from chipcalc.words.line import Block, Phrase, TextLine, raised_letter

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell, _Row
    from docx.text.paragraph import Paragraph

_ROOM = 110  # signs of the small type below, on a line of a sheet of paper
_MARGIN, _TEXT, _SMALL = 2.0, 9.5, 8.5  # centimetres, points
_STEP = 0.5  # centimetres that a level is set in
_COLOURS = {
    "stop": "A3123A",
    "go": "126B3F",
    "open": "6A2FB5",
    "faint": "56544D",
    "missing": "56544D",
}
_LINK = "0B4F8A"
_LINKS_TO = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def docx(report: Report) -> bytes:
    """Return a report as the content of a .docx file.

    Raises ChipcalcError when the writer is not installed.
    """
    try:
        import docx as writer
    except ModuleNotFoundError:
        what = "Word documents need a package that is not installed"
        raise error(what, 'pip install "chipcalc[docx]"') from None
    document = writer.Document()
    _set_up(document, report)
    head, rest = headed(report)
    if head.text:
        _write(document.add_heading(level=1), head)
    _lines(document, rest)
    for part in parts(report):
        if isinstance(part, Grid):
            _tables(document, part)
        else:
            _lines(document, part)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _set_up(document: Document, report: Report) -> None:
    """Set the type and the margins, and say what the document is."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    head, _ = headed(report)
    document.core_properties.title = head.text or "chipcalc"
    document.core_properties.comments = "written by chipcalc"
    document.core_properties.author = ""
    document.core_properties.language = report.language
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(_MARGIN)
        section.top_margin = section.bottom_margin = Cm(_MARGIN)
    styles: Any = document.styles
    for name, size in (("Normal", _TEXT), ("Heading 1", 14), ("Heading 2", 11)):
        style = styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.name = "Calibri"
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:ascii"), "Calibri")
        style.paragraph_format.space_before = Pt(8 if name != "Normal" else 0)
        style.paragraph_format.space_after = Pt(3)


# Tables.


def _tables(document: Document, part: Grid) -> None:
    """Add a table in as many parts as a page is wide, each with the leading columns."""
    if not part.rows:
        return
    if part.caption:
        _add(document.add_heading(level=2), Phrase(part.caption))
    top = has_titles(part)
    whole = titled(part)
    for chosen in pages(Ready(whole.columns, whole.rows, whole.kind, Style(_ROOM))):
        _table(document, selected(whole, chosen), top=top)
        document.add_paragraph().paragraph_format.space_after = 0


def _table(document: Document, part: Grid, *, top: bool) -> None:
    table = document.add_table(rows=0, cols=len(part.columns))
    table.style = "Table Grid"
    table.autofit = True
    if top:
        row = table.add_row()
        _repeat(row)
        for place, column in zip(row.cells, part.columns, strict=True):
            _fill(place, Cell((column.title,), role="heading"), column)
    for each in part.rows:
        _row(table.add_row(), each, part)


def _row(row: _Row, each: Row, part: Grid) -> None:
    _whole(row)
    if each.heading and len(each.cells) == 1:
        across = row.cells[0].merge(row.cells[-1])
        _fill(across, each.cells[0], Column(""), heading=True)
        return
    for place, one, column in zip(row.cells, full(each, part).cells, part.columns, strict=True):
        _fill(place, one, column, heading=each.heading)


def _fill(place: _Cell, each: Cell, column: Column, *, heading: bool = False) -> None:
    """Write a cell, what stands apart in it on lines of its own, as far in as its level."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt

    paragraph = place.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if each.level:
        paragraph.paragraph_format.left_indent = Cm(_STEP * each.level)
    if column.align != "left":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    role = role_of(each, heading=heading)
    for number, text in enumerate(jointed(each)):
        if number:
            paragraph.add_run().add_break()
        _add(paragraph, Phrase(joined(flat(text)), role), size=_SMALL)


def _repeat(row: _Row) -> None:
    """Have the head of a table stand on each page anew."""
    _mark(row, "w:tblHeader")
    _whole(row)


def _whole(row: _Row) -> None:
    """Keep a row on one page."""
    _mark(row, "w:cantSplit")


def _mark(row: _Row, name: str) -> None:
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 the library has no way


# Lines.


def _lines(document: Document, lines: Block) -> None:
    """Add lines as paragraphs, lists that are set in by their levels, and commands."""
    for line, depth in _in_order(trees(lines), 0):
        if line.role == "command":
            _command(document, line, depth)
        elif line.role == "heading" and not line.level:
            _write(document.add_heading(level=2), line)
        else:
            _paragraph(document, line, depth)


def _in_order(branches: Sequence[Branch], depth: int) -> Iterator[tuple[TextLine, int]]:
    for each in branches:
        level = depth or each.line.level
        yield each.line, level
        yield from _in_order(each.below, level + 1)


def _paragraph(document: Document, line: TextLine, depth: int) -> None:
    from docx.shared import Cm, Pt

    listed = depth and not line.marker
    paragraph = document.add_paragraph(style="List Bullet" if listed else None)
    paragraph.paragraph_format.space_after = Pt(1 if depth or line.marker else 3)
    marked = bool(line.marker)
    if depth or marked:
        paragraph.paragraph_format.left_indent = Cm(_STEP * (depth + 1))
        paragraph.paragraph_format.first_line_indent = Cm(-_STEP)
    if marked:
        _add(paragraph, Phrase(f"{_marker(line)}\t" if marked else ""))
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(_STEP * (depth + 1)))
    _write(paragraph, line)


def _command(document: Document, line: TextLine, depth: int) -> None:
    from docx.shared import Cm, Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.left_indent = Cm(_STEP * depth)
    run = paragraph.add_run(line.text)
    run.font.name, run.font.size = "Consolas", Pt(_SMALL)


def _marker(line: TextLine) -> str:
    if line.marker == "[ ]":
        return "☐"
    return raised_letter(line.marker) if line.marker.isalpha() else line.marker


def _write(paragraph: Paragraph, line: TextLine) -> None:
    for each in phrases(line):
        _add(paragraph, each)


def _add(paragraph: Paragraph, each: Phrase, size: float = 0) -> None:
    """Add words in the looks of their role; those with an address as a link."""
    from docx.shared import Pt, RGBColor

    if each.link.startswith(("http://", "https://")):
        _link(paragraph, each)
        return
    run = paragraph.add_run(each.text)
    run.bold = each.role in BOLD or None
    if each.role in _COLOURS:
        run.font.color.rgb = RGBColor.from_string(_COLOURS[each.role])
    if each.role == "command":
        run.font.name = "Consolas"
    if size:
        run.font.size = Pt(size)


def _link(paragraph: Paragraph, each: Phrase) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(each.link, _LINKS_TO, is_external=True))
    run = paragraph.add_run(each.text)
    run.font.color.rgb = RGBColor.from_string(_LINK)
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 the library has no links of its own
    paragraph._p.append(link)  # noqa: SLF001 the same
