"""Alerts and documents name figures that /metrics really has."""

import re
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.house import tree

RULES = yaml.safe_load((tree.ROOT / "deploy" / "alerts.yml").read_text())["groups"][0]["rules"]
OPERATING = (tree.ROOT / "docs" / "operating.md").read_text()
TOKEN = "only for tests, and long enough"
SEVERITIES = {"now", "today", "week"}


@pytest.fixture
def there(db: None, settings: Any) -> dict[str, str]:
    """Name → kind of every figure."""
    settings.METRICS_TOKEN = TOKEN
    text = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, flags=re.M))


def test_every_alert_asks_for_a_figure_that_is_there(there: dict[str, str]) -> None:
    series = {f"{name}{end}" for name, kind in there.items() if kind == "histogram" for end in ("_bucket", "_sum")}
    series |= {name for name, kind in there.items() if kind != "histogram"}
    asked = {name for rule in RULES for name in re.findall(r"\bonward_\w+", rule["expr"])}
    assert asked - series == set()
    assert len(asked) > 15


def test_every_figure_is_documented_and_the_reverse(there: dict[str, str]) -> None:
    table = OPERATING[OPERATING.index("| figure | labels | says |") : OPERATING.index("## Alerts worth having")]
    assert set(re.findall(r"`(onward_\w+)`", table)) == set(there)


def test_every_alert_is_explained_and_the_reverse() -> None:
    table = OPERATING[OPERATING.index("## Alerts worth having") : OPERATING.index("## The operator’s page")]
    explained = re.findall(r"^\| `(\w+)` \| .+; (\w+) \| .+ \| .+ \|$", table, flags=re.M)
    assert explained == [(rule["alert"], rule["labels"]["severity"]) for rule in RULES]
    assert len(set(explained)) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=[rule["alert"] for rule in RULES])
def test_a_rule_is_whole(rule: dict[str, Any]) -> None:
    assert set(rule) - {"for"} == {"alert", "expr", "labels"}
    assert set(rule["labels"]) == {"severity"} and rule["labels"]["severity"] in SEVERITIES
    assert re.fullmatch(r"\d+[mh]", rule.get("for", "1m"))
    expr = re.sub(r'"[^"]*"', "", rule["expr"])
    for one, other in ("()", "{}", "[]"):
        assert expr.count(one) == expr.count(other)
    # A counter says nothing by itself: it begins again with each start.
    counters = re.findall(r"\w+\((onward_\w+(?:_total|_bucket|_sum))(?:\{[^}]*\})?\[\d+[mh]\]\)", expr)
    assert len(counters) == len(re.findall(r"onward_\w+(?:_total|_bucket|_sum)\b", expr))
