"""The stable keys of `okrkit audit --json`."""

from __future__ import annotations

import json

from okrkit.judge.as_json import audit_to_dict


def test_the_keys_a_machine_relies_on_are_there(audited, answered):
    audit = audited({"answers": answered({1: (6, 2), 2: (2, 1)})})
    told = json.loads(json.dumps(audit_to_dict(audit), allow_nan=False))
    assert [one["id"] for one in told["statements"]] == [1, 2, 3, 4, 5]
    first = told["statements"][0]
    assert {"id", "yes", "no", "dont_know", "not_applicable", "evidence"} <= set(first)
    assert (first["yes"], first["no"], first["outcome"], first["share"]) == (6, 2, "yes", 0.75)
    evidence = first["evidence"][0]
    assert {"rule", "verdict", "value", "limit", "unit", "claim", "where"} <= set(evidence)
    assert evidence["where"] == {"table": "objectives", "ids": ["O3"], "count": 1}
    assert {"id", "name", "statement", "status"} <= set(told["killers"][0])
    assert told["active_killer"] is None
    assert told["as_of"] == "2026-02-01"


def test_hidden_answers_are_null_with_a_reason(audited, answered):
    told = audit_to_dict(audited({"answers": answered({2: (2, 1)})}))["statements"][1]
    assert [told[key] for key in ("yes", "no", "dont_know", "not_applicable", "share")] == [
        None
    ] * 5
    assert told["why"] == "Fewer than 5 answered, so nothing is shown."


def test_at_most_fifty_ids_are_listed_with_the_count_of_all(audited, company, table):
    more = table(
        "key_result | objective | text",
        *(f"X{number} | O1 | Write page {number}" for number in range(60)),
    )
    told = audit_to_dict(audited({"key_results": more}))
    where = told["statements"][4]["evidence"][0]["where"]
    assert (len(where["ids"]), where["count"]) == (50, 60)


def test_every_finding_is_listed_once_whatever_is_given(audited, company):
    full = [
        one["rule"]
        for statement in audit_to_dict(audited())["statements"]
        for one in statement["evidence"]
    ]
    empty = audit_to_dict(audited(dict.fromkeys(company)))["statements"]
    assert [one["rule"] for statement in empty for one in statement["evidence"]] == full
    assert len(set(full)) == len(full) == 18
