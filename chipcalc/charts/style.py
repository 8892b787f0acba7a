"""How pictures look: colours by what they mean, light and dark, and sizes by their width."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

ThemeName: TypeAlias = Literal["light", "dark"]
WidthName: TypeAlias = Literal["wide", "narrow"]
WIDTHS: dict[WidthName, int] = {"wide": 1280, "narrow": 390}


class Class(NamedTuple):
    """What marks one class: its colour, the tint of its region, and its shape beside both."""

    colour: str
    tint: str
    shape: str


class Theme(NamedTuple):
    """The colours of a picture; `controls` are those of paragraphs by their precedence."""

    paper: str
    ink: str
    second: str
    hairline: str
    bar: str
    controls: tuple[Class, ...]
    outside: Class
    open: Class


_SHAPES = ("triangle-up", "diamond", "triangle-down", "cross", "triangle-left", "triangle-right")


def _classes(*pairs: tuple[str, str]) -> tuple[Class, ...]:
    found = zip(pairs, _SHAPES, strict=True)
    return tuple(Class(colour, tint, shape) for (colour, tint), shape in found)


LIGHT = Theme(
    "#ffffff", "#1a1a18", "#56544d", "#b9b6ad", "#3f4a5a",
    _classes(
        ("#a3123a", "#f8e6ea"), ("#8a4b00", "#faeed8"), ("#5b3a9b", "#ece6f6"),
        ("#00636b", "#ddf0f1"), ("#6b5600", "#f3eed6"), ("#7a2f6e", "#f5e4f2"),
    ),
    Class("#1a5f9e", "#e6eef6", "circle"), Class("#5a5e64", "#f0f0ee", "square"),
)  # fmt: skip
DARK = Theme(
    "#161614", "#ece9e1", "#b0aca1", "#55534c", "#a9b6c8",
    _classes(
        ("#ff93a6", "#391c23"), ("#f0b354", "#35270f"), ("#c3a8ff", "#282038"),
        ("#6fd3dc", "#123033"), ("#dcc65a", "#302b10"), ("#eaa1dd", "#351f31"),
    ),
    Class("#86bdf2", "#1a2836", "circle"), Class("#b7b9bd", "#26262a", "square"),
)  # fmt: skip
THEMES: dict[ThemeName, Theme] = {"light": LIGHT, "dark": DARK}


class Style(NamedTuple):
    """How to draw a picture: in which colours, and how wide, in pixels.

    One that is `bare` has no title, no legend and no sentences: a page has them around it. One
    that is not `titled` has its legend alone.
    """

    theme: Theme = LIGHT
    width: int = WIDTHS["wide"]
    bare: bool = False
    titled: bool = True

    @property
    def narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < 640

    @property
    def size(self) -> int:
        """The size of its text, in pixels."""
        return 11 if self.narrow else 12


def style(
    theme: ThemeName = "light", width: WidthName | int = "wide", *, bare: bool = False
) -> Style:
    """Return how to draw a picture; a width is a name or a number of pixels."""
    return Style(THEMES[theme], width if isinstance(width, int) else WIDTHS[width], bare)
