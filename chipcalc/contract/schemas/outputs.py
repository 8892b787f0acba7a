"""All contracts by name, each with its JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping

from chipcalc.contract.schemas.articles import ARTICLES
from chipcalc.contract.schemas.budget import BUDGET
from chipcalc.contract.schemas.calc import CALC
from chipcalc.contract.schemas.catalogue import LIST, METRIC, METRICS, UNITS
from chipcalc.contract.schemas.check import CHECK
from chipcalc.contract.schemas.claims import CLAIMS
from chipcalc.contract.schemas.compare import COMPARE
from chipcalc.contract.schemas.diff import DIFF
from chipcalc.contract.schemas.groups import COUNTRY, GROUP, GROUPS
from chipcalc.contract.schemas.headroom import HEADROOM, HEADROOM_MAX
from chipcalc.contract.schemas.history import TIMELINE_LICENCE
from chipcalc.contract.schemas.importing import IMPORT
from chipcalc.contract.schemas.licence import LICENCE
from chipcalc.contract.schemas.lint import LINT
from chipcalc.contract.schemas.pieces import Schema
from chipcalc.contract.schemas.question import CLAIM
from chipcalc.contract.schemas.record import RECORD
from chipcalc.contract.schemas.replay import REPLAY
from chipcalc.contract.schemas.rules import REGIMES, RULE, RULES
from chipcalc.contract.schemas.screening import SCREEN
from chipcalc.contract.schemas.sheet import SHOW
from chipcalc.contract.schemas.timeline import TIMELINE
from chipcalc.contract.schemas.why_not import WHY_NOT

OUTPUTS: Mapping[str, Schema] = {
    "compare": COMPARE,
    "check": CHECK,
    "why-not": WHY_NOT,
    "headroom": HEADROOM,
    "headroom-max": HEADROOM_MAX,
    "timeline": TIMELINE,
    "timeline-licence": TIMELINE_LICENCE,
    "diff": DIFF,
    "licence": LICENCE,
    "budget": BUDGET,
    "groups": GROUPS,
    "group": GROUP,
    "country": COUNTRY,
    "rules": RULES,
    "rule": RULE,
    "regimes": REGIMES,
    "claims": CLAIMS,
    "claim": CLAIM,
    "articles": ARTICLES,
    "show": SHOW,
    "list": LIST,
    "metrics": METRICS,
    "metric": METRIC,
    "units": UNITS,
    "calc": CALC,
    "record": RECORD,
    "replay": REPLAY,
    "import": IMPORT,
    "screen": SCREEN,
    "lint": LINT,
}
