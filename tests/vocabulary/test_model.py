"""The vocabulary tells of itself what no module needs to know by name."""

from __future__ import annotations

import pytest

from chipcalc.errors import ChipcalcError
from chipcalc.sheets.store import Store


def test_what_belongs_to_the_work_comes_from_the_user_and_leads_to_what_rests_on_it(
    store: Store,
) -> None:
    """The roofline model sets the intensity of the work against the two roofs of a chip."""
    vocabulary = store.vocabulary
    assert vocabulary.of_the_work() == "arithmetic_intensity"
    assert vocabulary.resting_on("arithmetic_intensity") == ("attainable_throughput",)
    assert vocabulary.resting_on("attainable_throughput") == ()


def test_a_vocabulary_without_such_a_metric_says_so(store: Store) -> None:
    known = store.vocabulary.metrics
    changed = {name: each for name, each in known.items() if not each.given}
    without = store.vocabulary.model_copy(update={"metrics": changed})
    with pytest.raises(ChipcalcError, match="no metric comes from the user") as caught:
        without.of_the_work()
    assert caught.value.problems[0].hint
