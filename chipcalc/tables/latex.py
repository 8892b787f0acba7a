"""A report as LaTeX: tables for the booktabs and longtable packages that stay within the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from chipcalc.tables import fitting
from chipcalc.tables.documents import (
    Branch,
    flat,
    full,
    has_titles,
    headed,
    parts,
    phrases,
    titled,
    trees,
)
from chipcalc.tables.fitting import Ready
from chipcalc.tables.layout import command_lines
from chipcalc.tables.marks import jointed
from chipcalc.tables.paint import BOLD, role_of
from chipcalc.tables.report import Cell, Grid, Report, Row
from chipcalc.tables.style import Style
from chipcalc.words.line import HARD_SPACE, Block, letter_of

_PAGE = 84  # signs of the small type below on a line of the article class
_NEW_LINE = " \\\\\n"
_PACKAGES = (
    "% \\usepackage{array,booktabs,longtable,textcomp}; names in Chinese: LuaLaTeX or XeLaTeX"
)
_APART = "\N{NON-BREAKING HYPHEN}"  # the second of two hyphens that are no dash
_SIGNS: Mapping[str, str] = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    HARD_SPACE: "~",
    _APART: "{}-",
    "–": "--",
    "—": "---",
    "−": "$-$",
    "±": r"$\pm$",
    "×": r"$\times$",
    "÷": r"$\div$",
    "·": r"$\cdot$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "≈": r"$\approx$",
    "→": r"$\rightarrow$",
    "…": r"\dots{}",
    "²": r"\textsuperscript{2}",
    "³": r"\textsuperscript{3}",
    "µ": r"\textmu{}",
    "§": r"\S{}",
    "☐": r"$\square$",
    "“": "``",
    "”": "''",
    "’": "'",
}


def latex(report: Report) -> str:
    """Return a report for the inside of a LaTeX document; its first line names the packages."""
    head, rest = headed(report)
    title = f"\\noindent\\textbf{{{_tex(head.text)}}}" if head.text else ""
    found = [f"{_PACKAGES}\n\\begingroup\\sloppy", title, _lines(rest)]
    found += [_tables(e, report) if isinstance(e, Grid) else _lines(e) for e in parts(report)]
    return "\n\n".join([*filter(None, found), "\\endgroup"])


# Tables.


def _tables(part: Grid, report: Report) -> str:
    """Return a table in as many parts as the page is wide, each with the leading columns."""
    if not part.rows:
        return ""
    shown = titled(part) if has_titles(part) else part
    table = fitting.ready(shown, Style(_PAGE), report.unbroken)
    return "\n\n".join(_table(table, chosen) for chosen in fitting.pages(table))


def _table(table: Ready, chosen: Sequence[int]) -> str:
    sides = [_side(table, i, width) for i, width in _widths(table, chosen)]
    titles = [_tex(table.columns[i].title) for i in chosen]
    broken = [len(each) > 1 for each in sides]
    rows = [_row(row, table, chosen, broken) for row in table.rows]
    head = [f"{' & '.join(titles)} \\\\", "\\midrule\\endhead"] if any(titles) else ["\\endhead"]
    return "\n".join(
        (
            "{\\footnotesize\\setlength{\\tabcolsep}{3pt}",
            f"\\begin{{longtable}}{{@{{}}{''.join(sides)}@{{}}}}",
            "\\toprule",
            *head,
            *rows,
            "\\bottomrule",
            "\\end{longtable}}",
        )
    )


def _widths(table: Ready, chosen: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield each chosen column with its width in signs; zero where it is as wide as its cells."""
    found = fitting.widths(table, chosen)
    if found is None:
        even = _PAGE // len(chosen) - 1
        found = [even if table.columns[i].align == "left" else 0 for i in chosen]
    return zip(chosen, found, strict=True)


def _side(table: Ready, index: int, width: int) -> str:
    if width and table.wraps(index):
        return f">{{\\raggedright\\arraybackslash}}p{{{width / _PAGE:.3f}\\linewidth}}"
    return "l" if table.columns[index].align == "left" else "r"


def _row(row: Row, table: Ready, chosen: Sequence[int], broken: Sequence[bool]) -> str:
    if fitting.spills(row):
        words = _cell(row.cells[0], heading=True)
        return f"\\multicolumn{{{len(chosen)}}}{{@{{}}l@{{}}}}{{{words}}} \\\\"
    cells = full(row, Grid(table.columns, ())).cells
    shown = (
        _cell(cells[i], heading=row.heading, broken=b) for i, b in zip(chosen, broken, strict=True)
    )
    return f"{' & '.join(shown)} \\\\"


def _cell(each: Cell, *, heading: bool, broken: bool = False) -> str:
    """Return a cell whose parts stand below one another, set in by its level."""
    found = [_tex(flat(part)) for part in jointed(each)]
    if not any(found):
        return ""
    if role_of(each, heading=heading) in BOLD:
        found = [f"\\textbf{{{part}}}" for part in found]
    space = f"\\hspace*{{{each.level}em}}" if each.level else ""
    if broken or len(found) == 1:
        return "\\newline ".join(f"{space}{part}" for part in found)
    below = _NEW_LINE.join(found)
    return f"{space}\\begin{{tabular}}[t]{{@{{}}l@{{}}}}{below}\\end{{tabular}}"


# Lines.


def _lines(lines: Block) -> str:
    return "\n\n".join(text for branch in trees(lines) for text in _set_in(branch, 0))


def _set_in(branch: Branch, depth: int) -> Iterator[str]:
    """Yield a line as a paragraph that is set in, and those below it further in."""
    line = branch.line
    level = depth or line.level
    space = f"\\hangindent={level + 1}em\\hspace*{{{level}em}}" if level else ""
    if line.role == "command":
        told = [f"\\texttt{{{_typed(each)}}}" for each in command_lines(line.text, _PAGE, "")]
        yield f"\\noindent{{}}{space}{_NEW_LINE.join(told)}"
    else:
        shown = _tex(line.marker)
        raised = f"\\textsuperscript{{{shown}}}" if line.marker.isalpha() else shown
        marker = f"{raised}~" if line.marker else ""
        if line.role == "quote":
            yield f"\\begin{{quote}}\n{_words(branch)}\n\\end{{quote}}"
            return
        yield f"\\noindent{{}}{space}{marker}{_words(branch)}"
    for each in branch.below:
        yield from _set_in(each, level + 1)


def _words(branch: Branch) -> str:
    found = []
    for each in phrases(branch.line):
        text = _tex(each.text, breaks=bool(each.link))
        strong = each.role in BOLD and (branch.line.phrases or branch.line.role == "heading")
        found.append(f"\\textbf{{{text}}}" if strong else text)
    return "".join(found)


def _typed(text: str) -> str:
    """Return a command as it is typed: its quotes straight, no two hyphens made into a dash."""
    return _tex(text).replace("'", "\\textquotesingle{}")


def _tex(text: str, *, breaks: bool = False) -> str:
    """Return text in which no sign means anything to LaTeX; an address may break at / and %."""
    found = "".join(_sign(sign) for sign in text.replace("--", f"-{_APART}"))
    if not breaks:
        return found
    return found.replace("/", "/\\allowbreak{}").replace("\\%", "\\allowbreak{}\\%")


def _sign(sign: str) -> str:
    letter = letter_of(sign)
    return f"\\textsuperscript{{{letter}}}" if letter else _SIGNS.get(sign, sign)
