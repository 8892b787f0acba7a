"""What a licence shows, where golden text does not tell why."""

from __future__ import annotations

import re

import pytest
from wcwidth import wcswidth

from chipcalc.check.headroom import distances
from chipcalc.check.what_if import suppose
from chipcalc.figures.evaluate import Evaluator
from chipcalc.licence.licence import Shipment, shipment, worldwide
from chipcalc.licence.sides import sides
from chipcalc.places import countries
from chipcalc.rules.rule import EXCEPTION, LETTER, REQUIREMENT, REVIEW, TARIFF
from chipcalc.tables import licence
from chipcalc.tables.check import everything
from chipcalc.tables.destinations import MANY, over_destinations
from chipcalc.tables.licence_matrix import matrix
from chipcalc.tables.render import table
from chipcalc.tables.report import Report, Row
from chipcalc.tables.style import Style
from chipcalc.values.logic import Verdict
from chipcalc.words import licence as licence_words
from chipcalc.words.besides import lines
from chipcalc.words.grounds import grounds
from daily import daily
from shared import STORE, real_rules, said, shipping_rules

RESERVE = "unless end user, end use (part 744) or another entry of the list asks for one"
WORLDLY = ("h100-sxm", "rtx-4090", "a30", "l40", "metax-c500-oam")


def shipped(chip: str, to: str, day: str = "2026-03-01", **facts: str) -> Shipment:
    """Return a shipment of a chip on a day."""
    rules = shipping_rules(day)
    return shipment(rules, suppose(STORE.sheet(chip), facts, STORE.vocabulary), to)


def one(chip: str, to: str, day: str = "2026-03-01", **facts: str) -> Report:
    """Return the whole table of a shipment."""
    return licence.one(shipped(chip, to, day, **facts).licence, whole=True).report(dict, list)


def rows(report: Report) -> dict[str, list[str]]:
    """Return the rows of a report by their first cell."""
    return {each.texts[0]: [*each.texts[1:]] for each in report.rows if is_rule(each)}


def headings(report: Report) -> list[str]:
    """Return the sections of a report."""
    return [each.texts[0] for each in report.rows if each.cells[0].role == "heading"]


def is_rule(row: Row) -> bool:
    """Whether a row is about one rule: it has a standing."""
    return len(row.cells) == 4


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
    """That neither is asked is one line; the class is the reason that no licence is needed."""
    free = one("h20", "CN", end_use="other")
    shown = headings(free)
    asked = ["By classification", "Exceptions, review", "Letters", "Tariff"]
    assert shown == asked
    assert sections(free)["Exceptions, review"] == []
    assert {"Exceptions open", "Review"} <= {*headings(one("l40", "CN"))}


def test_a_section_without_rules_has_no_heading() -> None:
    """In 2022 there was no exception for such items, nor a letter that can still apply."""
    shown = sections(one("a100-sxm", "CN", "2022-12-01"))
    assert "Letters" not in shown
    assert "Tariff" not in shown


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
        if row.cells[0].role == "heading":
            found[row.texts[0]] = []
        elif is_rule(row):
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
    shown = sections(one("h100-sxm", "DE", **german))["By classification"]
    assert [row[0] for row in shown if row[1] == "required"] == ["AI Diffusion rule"]
    assert shown[-1][0] == "AI Diffusion rule"
    assert len(shown) > 1


def test_a_rule_that_is_met_stands_before_one_that_is_not() -> None:
    """Of those that are enforced, an H100 to China needs a licence as an item of 3A090.a."""
    shown = sections(one("h100-sxm", "CN"))["By classification"]
    enforced = [row for row in shown if not row[-1].startswith("not enforced")]
    assert enforced[0][:2] == ["Licence for 3A090.a items", "required"]
    answers = [row[1] for row in enforced]
    order = ["required", "not settled", "not required"]
    assert answers == sorted(answers, key=order.index)
    assert answers[-1] == "not required"


def test_sections_come_in_the_order_in_which_a_shipment_is_looked_at() -> None:
    assert headings(one("h20", "CN", party="fabricator")) == [
        "Classification",
        "By classification",
        "Exceptions open",
        "Review",
        "Letters",
        "Tariff",
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
    told = [each for each in lines if each.marker == "[ ]"]
    assert [each.level for each in told] == [1] * 10
    items = [each.text for each in told]
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


def first_line(report: Report) -> str:
    """Return the line that answers."""
    return report.title[0].text


def test_the_first_line_names_the_letter_where_classification_asks_for_nothing() -> None:
    """The H20 is 3A991.p, and NVIDIA was told by letter that it needs a licence for China."""
    letter = "; required of NVIDIA by the Letter of April 2025"
    assert first_line(one("h20", "CN")) == (
        f"H20 96GB to China, 2026-03-01: depends on end use by classification (3A991.p){letter}"
    )
    assert first_line(one("h20", "CN", end_use="other")) == (
        "H20 96GB to China, 2026-03-01: not required by classification (3A991.p), "
        f"{RESERVE}{letter}"
    )


@pytest.mark.parametrize("chip", ["h20", "l20", "l40", "h100-sxm", "mi308x"])
@pytest.mark.parametrize("to", ["CN", "DE", "US"])
def test_that_none_is_required_never_stands_alone_where_a_letter_may_ask_for_one(
    chip: str, to: str
) -> None:
    found = shipped(chip, to).licence
    line = first_line(licence.one(found).report(dict, list))
    letters = [each.provision.rule.paragraph for each in found.notices]
    free = found.enforced.verdict is Verdict.not_met
    assert any(each in line for each in letters) or not (free and letters)


def test_a_letter_is_required_of_the_maker_that_received_it_and_of_nobody_else() -> None:
    """NVIDIA, Form 8-K of 2025-04-15; AMD, Form 8-K of 2025-04-16."""
    both = [[shipped(chip, to) for to in ("CN", "SG")] for chip in ("h20", "mi308x")]
    (first, *_) = said(matrix(both).report(dict, list).title)
    assert (
        "of NVIDIA by the Letter of April 2025 and of AMD by the Letter of April 2025 to" in first
    )
    shown = one("ascend-310p", "CN")
    assert "Letter" not in " ".join(said(shown.title))
    assert not [name for name in rows(shown) if name.startswith("Letter")]


def test_a_check_says_nothing_of_letters_to_other_makers_but_that_they_are_no_concern() -> None:
    """Huawei received none."""
    found = real_rules("2026-11-26").check(Evaluator(STORE.sheet("ascend-910c"), STORE.vocabulary))
    assert not [each.text for each in lines(found) if "Letter" in each.text]
    text = " ".join(cell for row in everything(found).report(dict, list).rows for cell in row.texts)
    assert text.count(", not to Huawei") == 3
    assert not [e for e in distances(found) if e.finding.provision.rule.kind == LETTER]


@pytest.mark.parametrize("to", ["IR", "RU", "BY"])
def test_the_first_line_says_what_to_ask_where_an_embargo_is_not_modelled(to: str) -> None:
    """Part 746 goes by tariff code there, and OFAC prohibits much apart from it."""
    facts = {"tpp": "8 TOPS*bit", "processing_performance": "1 TOPS", "io_bandwidth": "1 GB/s"}
    (first, *_) = said(one("l4", to, **facts, market="edge").title)
    assert "not settled by classification" in first
    assert {"746", "HTS", "OFAC"} <= {*re.findall(r"\w+", first)}
    assert "not required" not in first


def test_the_world_and_the_matrix_name_who_is_to_be_asked_of_an_embargo() -> None:
    facts = {"tpp": "8 TOPS*bit", "processing_performance": "1 TOPS", "io_bandwidth": "1 GB/s"}
    item = suppose(STORE.sheet("l4"), {**facts, "market": "edge"}, STORE.vocabulary)
    rules = shipping_rules("2026-03-01")
    (regions,) = worldwide(rules, [item])
    several = [[shipment(rules, item, to) for to in ("IR", "CU", "SG")]]
    for screen in (over_destinations(regions), matrix(several)):
        report = screen.report(dict, list)
        (first, *_) = said(report.title)
        assert "not settled" in first
        assert any("ask whether" in each for each in noted(report))
    assert (
        "not settled to 3 destinations (Part 746 by tariff code, and OFAC)"
        in said(over_destinations(regions).report(dict, list).title)[0]
    )


def test_what_is_printed_and_what_is_enforced_stand_apart_in_the_first_line() -> None:
    """The AI Diffusion rule is printed, and not enforced since 2025-05-13."""
    german = {"headquarters": "DE", "parent_headquarters": "DE"}
    assert first_line(one("h100-sxm", "DE", **german)) == (
        "H100 SXM5 80GB to Germany, 2026-03-01: by classification (3A090.a) "
        f"as printed required, as enforced not required, {RESERVE}"
    )


def test_letters_stand_apart_from_the_classification() -> None:
    shown = sections(one("h20", "CN"))["Letters"]
    assert [row[:2] for row in shown] == [
        ["Letter of April 2025", "required of NVIDIA"],
        ["Letter of April 2025, reported figures", "would be required, as reported"],
    ]


@pytest.mark.parametrize("chip", ["h20", "h100-sxm", "rtx-4090", "metax-c500-oam", "a30"])
@pytest.mark.parametrize("to", ["CN", "AE", "DE", "UA", "KH"])
def test_the_whole_screen_says_every_rule_condition_and_note(chip: str, to: str) -> None:
    """All that gives way to a policy of a higher rank, or cannot apply, aside."""
    found = shipped(chip, to).licence
    report = licence.one(found, whole=True).report(dict, list)
    text = "\n".join([*("; ".join(row.texts) for row in report.rows), *noted(report)])
    case = found.checked.case
    for each in found.of(REQUIREMENT) + found.notices + found.of(TARIFF):
        assert each.provision.rule.paragraph in text
        assert all(why in text for why in grounds(each, case))
        assert f"since {each.provision.version.begins}" in text
    for note in (*licence_words.remarks([found]), *licence_words.ages([found])):
        assert note in text
    for note in licence_words.left_out([found]):
        assert note in text
    if found.needed is not Verdict.not_met:
        for each in (*found.of(EXCEPTION), *found.of(REVIEW)):
            open_one = each.verdict is not Verdict.not_met
            assert all(c in text for c in each.provision.version.conditions) or not open_one
    for topic, aspect in found.asked:
        for said_, when in licence_words.outcome_rows(aspect, case, licence_words.said_of(topic)):
            assert said_ in text
            assert when in text


def world(chip: str, day: str = "2026-03-01", **facts: str) -> list[Shipment]:
    """Return a chip to all countries."""
    item = suppose(STORE.sheet(chip), facts, STORE.vocabulary)
    (found,) = worldwide(shipping_rules(day), [item])
    return found


def over(chip: str, day: str = "2026-03-01", **facts: str) -> Report:
    """Return the whole screen of a chip to all countries."""
    return over_destinations(world(chip, day, **facts), whole=True).report(dict, list)


@pytest.mark.parametrize("chip", ["h20", "h100-sxm", "rtx-4090"])
def test_the_world_is_shown_with_one_great_rest_and_every_other_region_listed(chip: str) -> None:
    found = world(chip)
    report = over(chip)
    names = [each.texts[0] for each in report.rows if not each.heading]
    assert any(each.startswith("All other countries") for each in names)
    listed = "\n".join(noted(report))
    for each in found:
        if 1 < len(each.countries) <= MANY:
            assert " ".join(each.countries) in listed or any(
                all(countries.name(code) in name for code in each.countries) for name in names
            )


def test_headquarters_head_two_columns_where_they_decide() -> None:
    """742.6(a)(6)(iii): the headquarters of the end user, or of its ultimate parent."""
    report = over("h100-sxm")
    titles = [each.title for each in report.columns]
    assert titles == ["destination", "headquarters elsewhere", "headquarters in D:5 or Macau"]
    (rest,) = [e for e in report.rows if e.texts[0].startswith("All other countries")]
    assert [*rest.texts[1:]] == ["no licence", "presumption of denial"]


@pytest.mark.parametrize("name", ["headquarters", "parent_headquarters"])
def test_of_one_headquarters_that_is_open_the_few_places_that_matter_are_a_column(
    name: str,
) -> None:
    report = over("h100-sxm", **{name: "US"})
    assert report.columns[-1].title == "headquarters in D:5 or Macau"


@pytest.mark.parametrize(
    ("chip", "day"),
    [("h20", "2026-02-01"), ("h100-sxm", "2026-02-01"), ("a100-sxm", "2025-05-20"),
     ("rtx-4090", "2026-03-01")],
)  # fmt: skip
def test_the_first_line_counts_every_destination_once(chip: str, day: str) -> None:
    """By what is enforced; a letter counts for itself."""
    found = world(chip, day)
    line = over(chip, day).title[0].text
    for verdict in Verdict:
        codes = [c for e in found if e.licence.enforced.verdict is verdict for c in e.countries]
        if len(codes) > 1:
            assert f"{len(codes)} destinations" in line
        elif codes:
            assert countries.name(codes[0]) in line


@pytest.mark.parametrize(
    ("chip", "day"),
    daily(
        [(chip, day) for chip in WORLDLY for day in ("2026-02-01", "2026-03-01")],
        [("h100-sxm", "2026-02-01"), ("rtx-4090", "2026-03-01")],
    ),
)
def test_each_side_of_the_line_says_what_the_answer_is_with_these_headquarters(
    chip: str, day: str
) -> None:
    """Asked anew with headquarters in the United States, and with one of them in China."""
    found = world(chip, day)
    parted = sides([each.licence for each in found])
    assert parted is not None
    cases = ({"headquarters": "US", "parent_headquarters": "US"},
             {"headquarters": "CN", "parent_headquarters": "US"},
             {"headquarters": "US", "parent_headquarters": "CN"})  # fmt: skip
    for each in found:
        outside, inside = parted.of(each.licence)
        for facts, side in zip(cases, (outside, inside, inside), strict=True):
            anew = shipped(chip, each.countries[0], day, **facts).licence
            for one_, other in zip(side.answer, anew.answer, strict=True):
                assert one_.verdict is other.verdict
                assert one_.judgement.follows == other.judgement.follows


def test_a_matrix_has_rows_for_each_chip_and_a_column_for_each_destination() -> None:
    found = [[shipped(chip, to) for to in ("CN", "DE")] for chip in ("b200", "h20", "l40")]
    report = matrix(found).report(dict, list)
    titles = [each.title for each in report.columns]
    assert titles == ["chip", "classification", "China", "Germany"]
    firsts = [each for each in report.rows if each.cells[0].role == "strong"]
    assert [each.texts[1] for each in firsts] == ["3A090.a", "3A991.p", "3A090.b"]
    reviews = [each.texts[2] for each in report.rows if each.texts[0] == "review"]
    assert reviews[0] == "presumption of denial"


def test_a_matrix_shows_the_licence_in_the_role_of_its_consequence() -> None:
    found = [[shipped(chip, "CN", end_use="other")] for chip in ("h20", "b200")]
    firsts = [e for e in matrix(found).report(dict, list).rows if e.cells[0].role == "strong"]
    assert [each.cells[2].role for each in firsts] == ["go", "stop"]


def test_a_missing_circumstance_that_changes_nothing_decides_nothing() -> None:
    """A destination in D:5 settles the place, whoever the buyer is; the figures stay open."""
    decides = rows(one("mi308x", "CN"))["Licence for 3A090.a items"][1]
    assert "may fall under 3A090.a" in decides
    assert "headquarters" not in decides
    elsewhere = rows(one("h100-sxm", "SG"))["Licence for 3A090.a items"][1]
    assert "headquarters: not known" in elsewhere


def test_an_answer_that_depends_has_a_footnote() -> None:
    """An H100 for China is reviewed by its transaction; that it needs a licence is certain."""
    report = matrix([[shipped("h100-sxm", "CN"), shipped("h100-sxm", "DE")]]).report(dict, list)
    first, exceptions, review = (each.cells[2] for each in report.rows)
    assert (first.parts, first.footnotes) == (("required",), (0,))
    assert exceptions.parts == ("none of those modelled",)
    assert review.parts == ("depends",)
    note = report.notes[0][review.footnotes[0] - 1]
    assert "presumption of denial: transaction is reexport" in note.text


def test_what_nobody_can_tell_is_missing_and_a_letter_that_may_apply_is_not() -> None:
    """Whose headquarters the end user of an L40 for Singapore has is not known."""
    shown = [each.cells[1] for each in one("l40", "SG").rows if is_rule(each)]
    assert {each.text for each in shown if each.role == "open"} == {"not settled", "may apply"}
    assert {each.text for each in shown if each.role != "open"} == {
        "not required",
        "not open",
        "does not apply",
    }


@pytest.mark.parametrize("width", [50, 80, 120])
@pytest.mark.parametrize("chip", daily(["h20", *WORLDLY], ["h100-sxm"]))
def test_no_screen_is_wider_than_asked_and_no_word_of_it_is_broken(chip: str, width: int) -> None:
    found = [
        licence.one(shipped(chip, "AE").licence).report(dict, list),
        over(chip),
        matrix([world(chip)[:4]]).report(dict, list),
    ]
    for report in found:
        lines = table(report, Style(width)).splitlines()
        assert max(map(wcswidth, lines)) <= width
        words = {word for line in lines for word in line.split()}
        for word in {word for row in report.rows for text in row.texts for word in text.split()}:
            assert any(word.strip(";") in each for each in words), word
