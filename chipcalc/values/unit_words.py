"""Words that may be units, tried by the hundred in a table: most are none."""

from __future__ import annotations

import re
from functools import cache

from chipcalc.values.units import Unit, UnitError, resolved, unit

_NAME = re.compile(r"[A-Za-z_%]+")
_MICRO = str.maketrans({"µ": "u"})


@cache
def named(text: str) -> Unit | None:
    """Return the unit that a text names, or None: no nearest one is looked for."""
    names = _NAME.findall(text.translate(_MICRO))
    if not names or any(resolved(each) is None for each in names):
        return None
    try:
        return unit(text)
    except UnitError:
        return None
