"""Products of powers of names, such as byte per second: how they combine and how they are told."""

from __future__ import annotations

from typing import TypeAlias

Powers: TypeAlias = tuple[tuple[str, int], ...]


def combined(first: Powers, second: Powers) -> Powers:
    """Return the product of two products, without the names that cancel."""
    powers = dict(first)
    for name, power in second:
        powers[name] = powers.get(name, 0) + power
    return tuple((name, power) for name, power in powers.items() if power)


def ordered(powers: Powers) -> Powers:
    """Return a product with its names in order, so that equal ones are equal values."""
    return tuple(sorted(powers))


def inverse(powers: Powers) -> Powers:
    """Return one divided by a product."""
    return tuple((name, -power) for name, power in powers)


def printed(powers: Powers) -> str:
    """Return a product as units are printed: ``TOPS·bit/mm²``."""
    above = "·".join(_power(name, power) for name, power in powers if power > 0)
    below = "·".join(_power(name, -power) for name, power in powers if power < 0)
    if "·" in below:
        below = f"({below})"
    return f"{above or '1'}/{below}" if below else above


def in_words(powers: Powers) -> str:
    """Return what a unit of some dimension measures, in words: ``information per time``."""
    if not powers:
        return "a plain number"
    above = " × ".join(_power(name, power) for name, power in powers if power > 0)
    below = " × ".join(_power(name, -power) for name, power in powers if power < 0)
    if not above:
        return "a frequency" if below == "time" else f"a rate per {below}"
    return f"{above} per {below}" if below else above


def _power(name: str, power: int) -> str:
    shown = name.replace("_", " ")
    signs = {1: "", 2: "²", 3: "³"}
    return shown + signs.get(power, f"^{power}")
