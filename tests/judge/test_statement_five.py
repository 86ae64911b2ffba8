"""Statement 5 on the small company; how a text is read is tested with the wording itself."""

from __future__ import annotations

from okrkit.judge.finding import Verdict


def test_outputs_are_counted_and_shown_with_what_decided(found, audited, spaced):
    finding = found("worded_as_outputs")
    # the guide, the tutorial and the lessons; the three others change something from x to y
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_MET, 3, 6)
    assert spaced(finding.claim) == "3 of 6 key results (50 %) are worded as something to deliver."
    assert finding.where.ids == ("K2", "K4", "K5")
    assert "argued with" in finding.innocent
    done = audited().statements[4].done
    assert (done.label, done.count, done.n) == ("key results worded as an outcome", 3, 6)


def test_numbers_and_baselines_are_counted(found):
    measured, from_to = found("has_measure"), found("from_to")
    assert (measured.count, measured.verdict) == (4, Verdict.NOT_MET)
    assert (from_to.count, from_to.verdict) == (3, Verdict.MET)


def test_without_key_results_the_table_is_asked_for(found):
    for rule in ("worded_as_outputs", "has_measure", "from_to"):
        finding = found(rule, {"key_results": None})
        assert finding.verdict is Verdict.NOT_ENOUGH_DATA
        assert finding.why == "Add key_results.csv (key_result, objective, text)."


def test_key_results_of_other_cycles_are_not_read(found):
    assert "K9" not in found("worded_as_outputs").where.ids


def test_texts_that_cannot_be_read_are_neither_fine_nor_outputs(found, audited, company):
    texts = ["Excellence"] * 5 + ["Launch the portal"] * 2
    unread = company["key_results"].assign(text=texts)
    finding = found("worded_as_outputs", {"key_results": unread})
    # one output for sure, five that may be: 17 % or 100 % against at most 30 %
    assert (finding.verdict, finding.count, finding.n) == (Verdict.NOT_ENOUGH_DATA, 1, 6)
    assert "5 cannot be read by our rules" in finding.claim
    done = audited({"key_results": unread}).statements[4].done
    assert (done.count, done.n, done.label) == (0, 1, "readable key results worded as an outcome")


def test_nothing_that_can_be_read_gives_no_share(found, audited, company):
    unread = company["key_results"].assign(text="Excellence")
    finding = found("worded_as_outputs", {"key_results": unread})
    assert (finding.verdict, finding.value) == (Verdict.NOT_ENOUGH_DATA, None)
    assert audited({"key_results": unread}).statements[4].done.share is None
