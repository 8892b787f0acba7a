"""What a licence shows, where golden text does not tell why."""

from __future__ import annotations

from textwrap import wrap

import pytest

from chipcalc.check.what_if import suppose
from chipcalc.licence.licence import Shipment, shipment, worldwide
from chipcalc.tables import answers, licence
from chipcalc.tables.render import table
from chipcalc.tables.report import Report
from shared import RULEBOOK, STORE, said, shipping_rules


def shipped(chip: str, to: str, day: str = "2026-03-01", **facts: str) -> Shipment:
    """Return a shipment of a chip on a day."""
    rules = shipping_rules(day)
    return shipment(rules, suppose(STORE.sheet(chip), facts, STORE.vocabulary), to)


def one(chip: str, to: str, day: str = "2026-03-01", **facts: str) -> Report:
    """Return the table of a shipment."""
    return licence.one(shipped(chip, to, day, **facts).licence).report(dict, list)


def rows(report: Report) -> dict[str, list[str]]:
    """Return the rows of a report by their first cell."""
    return {each.texts[0]: [*each.texts[1:]] for each in report.rows if not each.heading}


def headings(report: Report) -> list[str]:
    """Return the sections of a report."""
    return [each.texts[0] for each in report.rows if each.heading]


def noted(report: Report) -> list[str]:
    """Return the lines of all notes."""
    return [line for each in report.notes for line in said(each)]


def test_a_policy_that_gives_way_to_one_of_a_higher_rank_is_not_shown() -> None:
    shown = rows(one("h200-sxm", "CN", transaction="export"))
    assert "Review policy of January 2026" in shown
    assert not {"Review under 742.6(b)(10)", "Review under 744.23(d)"} & shown.keys()
    shown = rows(one("h200-sxm", "CN", transaction="reexport"))
    assert {"Review under 742.6(b)(10)", "Review under 744.23(d)"} <= shown.keys()


def test_where_no_licence_is_needed_neither_exceptions_nor_policies_are_shown() -> None:
    assert headings(one("h20", "CN")) == ["Licence requirement", "Letters", "Import tariff"]
    assert "Licence exceptions" in headings(one("l40", "CN"))


def test_a_section_without_rules_has_no_heading() -> None:
    assert headings(one("a100-sxm", "CN", "2022-12-01")) == ["Licence requirement", "Review policy"]


def test_every_rule_shows_its_standing_its_first_day_and_its_citation() -> None:
    for name, cells in rows(one("rtx-4090", "CN", transaction="export")).items():
        assert "since 20" in cells[-1], name
    assert rows(one("h100-sxm", "DE"))["AI Diffusion rule"][-1] == (
        "not enforced, since 2025-05-13, 90 FR 4544"
    )


def sections(report: Report) -> dict[str, list[list[str]]]:
    """Return the rows of a report by their section."""
    found: dict[str, list[list[str]]] = {}
    for row in report.rows:
        if row.heading:
            found[row.texts[0]] = []
        else:
            found[[*found][-1]].append([*row.texts])
    return found


@pytest.mark.parametrize("chip", ["h20", "h100-sxm", "l40", "rtx-4090", "b200"])
@pytest.mark.parametrize("to", ["CN", "SG", "DE", "AE"])
def test_what_is_enforced_stands_before_what_is_not(chip: str, to: str) -> None:
    for name, shown in sections(one(chip, to)).items():
        idle = [row[-1].startswith("not enforced") for row in shown]
        assert idle == sorted(idle), name


def test_a_rule_that_is_not_enforced_comes_last_although_it_asks_for_a_licence() -> None:
    """The AI Diffusion rule asks for one, the enforced ones do not."""
    german = {"headquarters": "DE", "parent_headquarters": "DE"}
    shown = sections(one("h100-sxm", "DE", **german))["Licence requirement"]
    assert [row[0] for row in shown if row[1] == "required"] == ["AI Diffusion rule"]
    assert shown[-1][0] == "AI Diffusion rule"
    assert len(shown) > 1


def test_a_rule_that_is_met_stands_before_one_that_is_not() -> None:
    """Of those that are enforced, an H100 to China needs a licence as an item of 3A090.a."""
    shown = sections(one("h100-sxm", "CN"))["Licence requirement"]
    enforced = [row for row in shown if not row[-1].startswith("not enforced")]
    assert enforced[0][:2] == ["Licence for 3A090.a items", "required"]
    answers = [row[1] for row in enforced]
    order = ["required", "unknown", "not required"]
    assert answers == sorted(answers, key=order.index)
    assert answers[-1] == "not required"


def test_sections_come_in_the_order_in_which_a_shipment_is_looked_at() -> None:
    assert headings(one("h20", "CN", party="fabricator")) == [
        "Licence requirement",
        "Licence exceptions",
        "Review policy",
        "Letters",
        "Import tariff",
    ]


def test_a_checklist_is_there_for_what_may_be_used_and_for_nothing_else() -> None:
    notes = "\n".join(noted(one("rtx-4090", "CN", transaction="export")))
    assert "NAC asks for" in notes
    assert "ACA asks for" not in notes
    assert "Review policy of January 2026 asks for" in notes
    assert "asks for" not in "\n".join(noted(one("h20", "CN")))


def test_the_conditions_of_january_2026_are_nine_certifications_and_one_more() -> None:
    """Supplement No. 2 to part 748, (dd)(1)(i) to (ix)."""
    notes = one("h100-sxm", "CN").notes
    (lines,) = [e for e in notes if e[0].text.startswith("Review policy of January")]
    assert [(each.level, each.marker) for each in lines[1:]] == [(1, "[ ]")] * 10
    items = [each.text for each in lines[1:]]
    for number in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"):
        assert any(f"(dd)(1)({number}):" in each for each in items), number


def test_a_country_that_counts_to_another_one_says_so() -> None:
    assert any("Hong Kong counts as China" in each for each in noted(one("h20", "HK")))


def test_a_country_whose_group_is_not_sure_is_explained() -> None:
    notes = "\n".join(noted(one("l40", "KH", "2026-01-20")))
    assert "Cambodia left D:5 between 2025-11-07 and 2026-02-03" in notes
    saudi = {"headquarters": "SA", "parent_headquarters": "SA"}
    assert "Cambodia left D:5" not in "\n".join(noted(one("l40", "SA", "2026-01-20", **saudi)))


def test_an_answer_for_a_day_after_the_last_look_says_so() -> None:
    assert any("before 2026-11-25" in each for each in noted(one("h20", "CN", "2026-11-25")))


@pytest.mark.parametrize("chip", ["h20", "l40"])
def test_what_is_not_modelled_is_told_whatever_the_answer(chip: str) -> None:
    notes = "\n".join(noted(one(chip, "CN")))
    for words in ("Entity List", "subject to the regulations"):
        assert f"{words}" in notes


def test_letters_are_a_notice_and_never_an_answer() -> None:
    title = "\n".join(said(one("h20", "CN").title))
    assert "Licence by classification, as printed and as enforced: not required" in title
    assert "Notice, no classification: by the Letter of April 2025 its addressee needs" in title
    reported = "Letter of April 2025, reported figures: would ask for a licence, as the press"
    assert f"Notice, no classification: {reported} reports" in title


def test_the_world_is_shown_with_one_great_rest_and_every_other_region_listed() -> None:
    rules = shipping_rules("2026-03-01")
    item = suppose(STORE.sheet("h100-sxm"), {"headquarters": "US"}, STORE.vocabulary)
    (found,) = worldwide(rules, [item])
    report = licence.over_destinations(found).report(dict, list)
    names = [each.texts[0] for each in report.rows]
    assert "China or Macau (2)" in names[:-1]
    assert sum(each.startswith("All other countries") for each in names) == 1
    assert any("AF CD CF ER HT" in each for each in noted(report))


def test_a_matrix_has_a_row_for_each_chip_and_a_column_for_each_destination() -> None:
    found = [[shipped(chip, to) for to in ("CN", "DE")] for chip in ("h20", "b200", "l40")]
    report = licence.matrix(found).report(dict, list)
    titles = [each.title for each in report.columns]
    assert titles == ["chip", "classification", "China", "Germany"]
    assert [each.texts[1] for each in report.rows] == ["3A991.p", "3A090.a", "3A090.b"]
    assert "review: presumption of denial" in report.rows[1].cells[2].parts


def test_a_missing_circumstance_that_changes_nothing_decides_nothing() -> None:
    """A destination in D:5 settles the place, whoever the buyer is; the figures stay open."""
    decides = rows(one("mi308x", "CN"))["Licence for 3A090.a items"][1]
    assert "may fall under 3A090.a" in decides
    assert "headquarters" not in decides
    elsewhere = rows(one("h100-sxm", "SG"))["Licence for 3A090.a items"][1]
    assert "headquarters: not known" in elsewhere


def test_each_answer_in_a_cell_that_depends_has_its_own_footnote() -> None:
    """An H100 for China is reviewed by its transaction; that it needs a licence is certain."""
    report = licence.matrix([[shipped("h100-sxm", "CN"), shipped("h100-sxm", "DE")]]).report(
        dict, list
    )
    cell = report.rows[0].cells[2]
    assert [*zip(cell.parts, cell.footnotes, strict=True)] == [
        ("required", 0),
        ("notice", 2),
        ("open: none of those modelled", 0),
        ("review: depends", 1),
    ]
    review, notice, *_ = report.notes[0]
    assert (review.marker, notice.marker) == ("a", "b")
    assert "presumption of denial: transaction is reexport" in review.text
    assert "Letter of April 2025" in notice.text


def test_an_outcome_that_begins_with_a_short_word_hangs_like_any_other() -> None:
    """No word of it is taken for the letter of a footnote."""
    report = answers.licence([[shipped("l40", "SG")]], RULEBOOK)
    free = [each for each in said(report.title) if each.startswith("    no licence needed: ")]
    assert len(free) == 2
    for each in free:
        assert "\n".join(wrap(each, 80, subsequent_indent=" " * 6)) in table(report)


def test_what_nobody_can_tell_is_missing_and_a_letter_that_may_apply_is_not() -> None:
    """Whose headquarters the end user of an L40 for Singapore has is not known."""
    shown = [each.cells[1] for each in one("l40", "SG").rows if not each.heading]
    assert {each.text for each in shown if each.role == "missing"} == {"unknown"}
    assert {each.text for each in shown if each.role != "missing"} == {
        "not required",
        "not open",
        "may apply",
        "does not apply",
    }
