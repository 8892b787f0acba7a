"""Pages say what the results say: of a chip, of a check, of a comparison."""

from __future__ import annotations

import json
import re

import pytest

import chipcalc as cc
from chipcalc.comparison.shown import same_rows
from chipcalc.tables.cells import ratio_of
from visited import html, library, reader, seen, words

DAY = "2026-02-01"


def test_a_card_has_the_verdict_what_decides_and_the_margin() -> None:
    """88 FR 73458: 2,368 is below 2,400 of 3A090.b.1, by 32 of 2,400, which is 1.3 %."""
    page = seen(f"/chip/h20?as_of={DAY}")
    assert "not 3A090.a, not 3A090.b; 3A991.p" in page
    assert "TPP 2,368" in page
    assert "−1.3 %" in page
    assert "line 2,400 of 3A090.b.1" in page


def test_a_card_leads_to_the_source_of_every_figure_that_has_one() -> None:
    chip = library().db["h20"]
    page = html("/chip/h20")
    for metric in ("memory_capacity", "memory_bandwidth", "board_power"):
        for source in chip.figure(metric).sources:
            assert f'href="{source.url}"'.replace("&", "&amp;") in page, metric


def test_a_card_says_since_when_a_chip_is_what_it_is() -> None:
    """The H800 was made for the rule of 2022 and fell under that of November 2023."""
    page = seen("/chip/h800-sxm")
    assert "2022-10-07 3A991.p" in page
    assert "2023-11-17 3A090.a" in page


def test_a_check_draws_what_decides_and_says_it_in_a_table() -> None:
    """4,480 / 5.92, / 3.2 and / 1.6 are the areas at which the paragraphs turn."""
    page = seen(f"/check?chip=metax-c500-oam&as_of={DAY}")
    assert "not settled" in page
    for cut in ("756.7…", "1,400", "2,800"):
        assert page.count(cut) >= 2, cut  # at the line, and in the table
    assert "die area > 2,800 mm² 3A991.p" in page


def test_a_part_is_checked_by_what_a_form_says() -> None:
    """1,000 TOPS at 8 bits are 8,000, which is more than 4,800."""
    page = seen(f"/check?int8=1000&die_area=600&market=datacenter&as_of={DAY}")
    assert "3A090.a (a.1, a.2)" in page
    assert "TPP 8,000" in page
    assert 'value="1000"' in html(f"/check?int8=1000&as_of={DAY}")


def test_a_number_alone_is_in_the_unit_of_its_field_and_other_units_are_kept() -> None:
    plain = seen(f"/check?int8=100&as_of={DAY}")
    written = seen(f"/check?int8=0.1 POPS&as_of={DAY}")
    assert "TPP 800" in plain
    assert "TPP 800" in written


def test_a_supposed_die_area_settles_the_answer() -> None:
    page = seen(f"/check?chip=metax-c500-oam&die_area=1000&as_of={DAY}")
    assert "3A090.b" in page.partition("Step by step")[0]
    assert "supposed" in page


def test_circuits_of_a_board_are_asked_one_by_one() -> None:
    page = seen(f"/check?circuit=chip=h100-sxm,count=8&market=datacenter&as_of={DAY}")
    assert "H100 SXM5 80GB" in page


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("/check?chip=no-such-chip", "no-such-chip"),
        ("/check?int8=fast", "fast"),
        ("/check?int8=10&as_of=yesterday", "yesterday"),
        ("/check?int8=10&market=moon", "moon"),
        ("/compare?chip=h20", "two different chips"),
        ("/compare?chip=h20&chip=h100&price=much", "much"),
    ],
)
def test_what_cannot_be_asked_is_said_on_a_page(address: str, says: str) -> None:
    assert says in seen(address, 400)


def test_a_comparison_shows_every_row_of_the_result_with_its_ratio() -> None:
    db = library().db
    chips = ("h20", "h100-sxm", "ascend-910b3")
    compared = cc.compare(*(db[each] for each in chips)).found
    text = html("/compare?" + "&".join(f"chip={each}" for each in chips))
    page = words(text)
    assert "6.69" in page  # 1,978.9 / 296
    for rows in same_rows(compared.lines):
        for index in range(1, len(chips)):
            ratio = ratio_of(rows.first, index, percent=False, equal="1")
            assert ratio in page, (rows.first.metric, rows.first.when)
    assert text.count('<th scope="row"') == len(same_rows(compared.lines))


def test_unknown_and_not_offered_have_no_ratio_and_no_bar() -> None:
    page = html("/compare?chip=h20&chip=ascend-910b3")
    cells = re.findall(r'<td class="fig[^"]*">(.*?)</td>', page, re.DOTALL)
    missing = [each for each in cells if 'class="unk"' in each or 'class="no"' in each]
    assert missing
    assert not any("<rect" in each for each in missing)


def test_a_click_makes_a_chip_the_base() -> None:
    assert 'href="/compare?chip=h20&amp;chip=h100-sxm&amp;base=h100-sxm"' in html(
        "/compare?chip=h20&chip=h100-sxm"
    )
    assert "Ratios to H100" in seen("/compare?chip=h20&chip=h100-sxm&base=h100-sxm")


def test_a_price_of_ones_own_stands_in_the_table() -> None:
    page = seen("/compare?chip=h20&chip=h100-sxm&price=10 kUSD")
    assert "given" in page


def test_electricity_is_power_times_hours_times_its_price() -> None:
    """700 W over 8,760 hours are 6,132 kWh, at 0.10 USD that is 613.2 USD."""
    page = seen("/compare?chip=h20&chip=h100-sxm&electricity=0.10")
    assert "613.2" in page


@pytest.mark.parametrize("address", ["/check?chip=h20", "/compare?chip=h20&chip=h100", "/chip/h20"])
def test_what_is_taken_away_is_the_same_answer(address: str) -> None:
    path, _, query = address.partition("?")
    for ending in ("csv", "json", "md", "xlsx"):
        found = reader().get(f"{path}.{ending}?{query}")
        assert found.status_code == 200, ending
        assert found.content
        assert "attachment" in found.headers["content-disposition"]
    data = json.loads(reader().get(f"{path}.json?{query}").text)
    assert data["schema"].startswith("chipcalc.")


def test_a_page_that_is_asked_for_in_another_format_than_it_has_says_which_it_has() -> None:
    assert reader().get("/chip/h20.svg").status_code == 400


def test_a_name_of_one_chip_leads_to_it_and_one_of_many_lists_them() -> None:
    assert "H20 96GB" in seen("/search?q=h20")
    listed = seen("/search?q=ascend-910*")
    assert "Ascend 910B3" in listed
    assert "Ascend 910C" in listed


def test_names_are_matched_in_any_script() -> None:
    assert "Ascend" in seen("/search?q=昇腾910B3")


def test_the_first_page_has_a_mark_for_every_chip_with_both_figures_and_a_row_for_every_chip() -> (
    None
):
    page = html("/")
    marked = set(re.findall(r'data-chip="([^"]+)"', page))
    rows = re.findall(r'<tr><th scope="row"><a href="/chip/([^"?]+)', page)
    assert marked <= set(rows)
    assert len(rows) > 200
    for chip in library().settings.chips:
        assert chip in marked


def test_the_days_of_the_slider_are_those_on_which_lines_changed() -> None:
    """88 FR 73458 was in force on 2023-11-17, 87 FR 62186 on 2022-10-07."""
    page = html("/")
    days = re.findall(r'<li><a href="([^"]*)"[^>]*><b>([^<]*)</b>', page.partition("</ol>")[0])
    assert [day for _, day in days] == ["before", "2022-10-07", "2023-11-17"]


def test_the_h800_turns_red_in_november_2023() -> None:
    before, after = (
        re.search(r'<a href="/chip/h800-sxm[^"]*">.*?</tr>', html(f"/?as_of={day}"), re.DOTALL)
        for day in ("2022-10-07", "2023-11-17")
    )
    assert before
    assert after
    assert 'class="v vn"' in before.group()
    assert 'class="v va"' in after.group()


def test_the_table_of_the_map_says_what_a_check_says() -> None:
    page = seen("/?as_of=2023-11-17").partition("The same as a table")[2]
    rules = library().db.rules("2023-11-17")
    for chip in ("h20", "a100-sxm-80gb", "mi250x", "l40s", "thor-x"):
        check = rules.check(library().db[chip])
        row = re.search(rf"{re.escape(check.checked.sheet.name)} .{{0,120}}", page)
        assert row, chip
        said = "not settled" if check.classification == "unknown" else check.classification
        assert said in row.group(), chip


def test_a_mark_leads_to_the_card_of_its_chip_on_the_same_map() -> None:
    page = html("/?chip=h20&chip=h100-sxm&as_of=2023-11-17")
    link = re.search(r'<a href="([^"]*)" data-chip="h100-sxm"', page)
    assert link
    card = seen(link.group(1).replace("&amp;", "&"))
    assert "H100 SXM5 80GB NVIDIA" in card


def test_before_the_first_lines_the_map_says_that_there_are_none() -> None:
    assert "no line yet" in seen("/?as_of=2022-01-01")


def test_so_many_of_a_chip_are_compared_as_one() -> None:
    """Eight H20 of 96 GB have 768 GB, 9.6 times the 80 GB of one H100."""
    page = seen("/compare?chip=8 h20&chip=h100-sxm&base=h100-sxm")
    assert "8 H20 96GB" in page
    assert "768" in page
    assert "9.6" in page


def test_what_chips_are_for_chooses_the_rows() -> None:
    every, decoding = (
        html(f"/compare?chip=h20&chip=h100-sxm{use}").count('<th scope="row"')
        for use in ("", "&use=decode")
    )
    assert 0 < decoding < every


def test_a_licence_counts_every_country_once() -> None:
    """The shares add up to all destinations, and a licence for China is required of 3A090.a."""
    page = seen("/licence?chip=h100-sxm&as_of=2026-02-01")
    numbers = re.findall(r"(\d+) (?:a licence|it depends|none is)", page)
    shipments = library().db.rules("2026-02-01").worldwide(library().db["h100-sxm"])[0].shipments
    assert sum(map(int, numbers)) == sum(len(each.countries) for each in shipments)
    assert "required by classification (3A090.a)" in seen(
        "/licence?chip=h100-sxm&to=China&as_of=2026-02-01"
    )


def test_a_shipment_has_its_conditions_and_its_steps() -> None:
    page = seen("/licence?chip=h100-sxm&to=CN&as_of=2026-02-01")
    assert "☐ (dd)(1)(iv): no military, weapons or listed end use." in page
    assert "Step by step" in page


def test_claims_are_answered_in_both_languages() -> None:
    """1 / 6.69 is 15 % at most formats, so that less than a tenth holds for some alone."""
    english, chinese = seen("/claims"), seen("/claims?lang=zh")
    assert "a01" in english
    assert "depends" in english
    assert "视情况而定" in chinese
    assert "H20的算力" in chinese


def test_a_rule_is_told_with_its_history_and_its_texts() -> None:
    page = html("/rule/us-3a090-a")
    assert "2022-10-07" in page
    assert 'href="https://www.govinfo.gov/content/pkg/FR-2023-10-25/html/2023-23055.htm"' in page
    assert "no rule" in seen("/rule/us-no-such-rule", 404)


def test_every_rule_of_a_day_is_in_the_list() -> None:
    page = html("/rules?as_of=2026-02-01")
    for each in library().db.rules("2026-02-01").rulebook.on(library().day("2026-02-01")):
        assert f'href="/rule/{each.id}"' in page


def test_the_data_name_every_chip_and_what_nobody_published() -> None:
    page = html("/data")
    for chip in library().chips:
        assert f'href="/chip/{chip.id}"' in page
    assert "Not published" in page


def test_an_article_or_a_rule_is_no_way_to_a_file() -> None:
    assert reader().get("/claims/..%2F..%2Fetc%2Fpasswd").status_code == 404
    assert reader().get("/rule/..%2F..%2Fetc%2Fpasswd").status_code == 404


def test_a_claim_in_one_line_is_answered() -> None:
    """296 / 1,978.9 is 15 %, not 20."""
    page = seen("/claims?that=h20+%3D+20+%25+of+h100")
    assert "15.0 %" in page or "15 %" in page
    assert 'chipcalc claims --that "h20 = 20 % of h100"' in page
    assert "no name of a chip" in seen("/claims?that=/etc/passwd+%3D+20+%25+of+h100", 400)
    assert "This cannot be answered" in seen("/claims?that=what+now", 400)
