"""What a shipment needs, and how many chips a budget holds, as a script has them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from chipcalc.api.result import Result
from chipcalc.check.budget import Fitting
from chipcalc.licence import licence as core
from chipcalc.licence.questions import Aspect
from chipcalc.rules.rule import EXCEPTION, REQUIREMENT
from chipcalc.rules.rulebook import Rulebook
from chipcalc.tables.report import Report
from chipcalc.values.logic import Verdict


class Licence(Result):
    """A shipment of a chip to one country, or to countries that are treated alike."""

    def __init__(self, shipment: core.Shipment, rulebook: Rulebook) -> None:
        self.shipment = shipment
        self.rulebook = rulebook

    @property
    def destinations(self) -> tuple[str, ...]:
        """The countries, by their codes."""
        return self.shipment.countries

    @property
    def as_of(self) -> datetime.date:
        """The day of the rules."""
        return self.shipment.licence.checked.day

    @property
    def required(self) -> Verdict:
        """Whether a licence is needed, as the text is printed."""
        return self.shipment.licence.printed.verdict

    @property
    def as_enforced(self) -> Verdict:
        """Whether a licence is needed, as the text is enforced."""
        return self.shipment.licence.enforced.verdict

    @property
    def reserves(self) -> tuple[str, ...]:
        """What it leaves open that none is required: ``unless end user …``; else nothing."""
        found = self.shipment.licence
        return found.reserves if found.is_free else ()

    @property
    def notices(self) -> tuple[str, ...]:
        """What letters and guidance say beside the answer: ``Letter of …: required of …``."""
        from chipcalc.words import letters

        found = self.shipment.licence
        return tuple(
            f"{each.provision.rule.paragraph}: {letters.meaning(each, found.checked)}"
            for each in found.notices
        )

    @property
    def exceptions(self) -> Aspect:
        """Which licence exceptions are open: the verdict, what it says, and what decides."""
        return self.shipment.licence.exceptions

    @property
    def review(self) -> Aspect:
        """How an application is reviewed: the verdict, what it says, and what decides."""
        return self.shipment.licence.review

    @property
    def conditions(self) -> tuple[str, ...]:
        """What somebody must do or show under the rules that are, or may be, met."""
        rules = (*self.shipment.licence.of(REQUIREMENT), *self.shipment.licence.of(EXCEPTION))
        open_ones = [each for each in rules if each.verdict is not Verdict.not_met]
        return tuple(
            dict.fromkeys(e for each in open_ones for e in each.provision.version.conditions)
        )

    def report(self) -> Report:
        """Return the table that the command line prints."""
        from chipcalc.tables import answers

        return answers.licence([[self.shipment]], self.rulebook)

    def __repr__(self) -> str:
        chip = self.shipment.licence.checked.sheet.id
        to = ", ".join(self.destinations)
        printed, enforced = self.required.value, self.as_enforced.value
        return (
            f"Licence({chip} to {to}, {self.as_of}: {printed} as printed, {enforced} as enforced)"
        )


class Worldwide(Result):
    """Shipments of a chip to all countries, in regions that are treated alike.

    `same_as` says which places count as another country.
    """

    def __init__(
        self,
        regions: tuple[core.Shipment, ...],
        rulebook: Rulebook,
        same_as: Mapping[str, str],
    ) -> None:
        self.shipments = regions
        self.rulebook = rulebook
        self._same_as = same_as

    @property
    def regions(self) -> tuple[Licence, ...]:
        """The shipments to each region; those that need a licence come first."""
        return tuple(Licence(each, self.rulebook) for each in self.shipments)

    def by_country(self) -> Mapping[str, Licence]:
        """Return the shipment to every country, by its code, whatever country it counts as."""
        found = {code: each for each in self.regions for code in each.destinations}
        return found | {place: found[of] for place, of in self._same_as.items() if of in found}

    def report(self) -> Report:
        """Return the table that the command line prints."""
        from chipcalc.tables import answers

        return answers.licence([self.shipments], self.rulebook)

    def __repr__(self) -> str:
        first = self.shipments[0].licence.checked
        return f"Worldwide({first.sheet.id}, {first.day}: {len(self.shipments)} regions)"


class Budget(Result):
    """How many of a chip fit into limits on what many of them add up to."""

    def __init__(self, found: tuple[Fitting, ...], day: datetime.date, *, dated: bool) -> None:
        self.fittings = found
        self.as_of = day
        self._dated = dated

    def report(self) -> Report:
        """Return the table that the command line prints."""
        from chipcalc.tables import budget
        from chipcalc.words.check import NO_ADVICE
        from chipcalc.words.line import block

        vocabulary = self.fittings[0].item.evaluator.vocabulary
        found = budget.report(self.fittings, self.as_of, vocabulary, dated=self._dated)
        return found._replace(parts=(*found.parts, block(NO_ADVICE)))

    def __repr__(self) -> str:
        return f"Budget({self.fittings[0].item.evaluator.sheet.id}: {len(self.fittings)} limits)"
