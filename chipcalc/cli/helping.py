"""The --help of a command: its options in groups, by what they are about."""

from __future__ import annotations

from typing import Any

# The order in which the groups are printed; what is of none stands before them.
ITEM, SHIPMENT, LAW, TABLE, ANSWER, FILES = (
    "What is supposed",
    "The shipment",
    "The law",
    "The table",
    "The answer",
    "Files",
)
_ORDER = ("", ITEM, SHIPMENT, LAW, TABLE, ANSWER, FILES)


def write_text(command: Any, context: Any, formatter: Any) -> None:
    """Write what a command does; examples keep their lines."""
    told, _, examples = command.help.partition("Examples:\n")
    kept = "\n".join(("\b", *examples.strip().splitlines()))
    command.help = f"{told}Examples:\n\n{kept}" if examples else told
    type(command).format_help_text(command, context, formatter)


def write_options(command: Any, context: Any, formatter: Any) -> None:
    """Write the arguments of a command, and its options group by group."""
    arguments: list[tuple[str, str]] = []
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in _ORDER}
    for each in command.get_params(context):
        record = each.get_help_record(context)
        if record is None:
            continue
        if each.param_type_name == "argument":
            arguments.append(record)
        else:
            groups[getattr(each, "rich_help_panel", None) or ""].append(record)
    for title, records in (("Arguments", arguments), *groups.items()):
        if records:
            with formatter.section(title or "Options"):
                formatter.write_dl(records)
