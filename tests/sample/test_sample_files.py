"""The sample company is made the same everywhere, and its README says what was planted."""

from __future__ import annotations

import re

from okrkit.schemas import SCHEMAS

# Well-known firms, among them makers of instruments.
FIRMS = (
    r"\b(google|amazon|microsoft|apple|siemens|bosch|sap|oracle|intel|nokia|philips|tesla|netflix|"
    r"ibm|cisco|adobe|salesforce|keysight|fluke|yokogawa|endress|mettler|sartorius)\b"
)
AN_ID = r"(?:KR|O)-\d+|\b[PT]\d+\b"


def test_making_the_sample_again_gives_the_committed_bytes(made, sample_folder) -> None:
    assert sorted(path.stem for path in (made / "files").iterdir()) == sorted(SCHEMAS)
    for name in SCHEMAS:
        file = f"{name}.csv"
        assert (made / "files" / file).read_bytes() == (sample_folder / file).read_bytes(), file


def test_another_seed_gives_another_company(planted, make, load, tmp_path, files) -> None:
    make("--out", tmp_path, "--seed", 8)
    other = load(tmp_path)["people"]
    assert len(other) == planted["people"]
    assert (other.name != files["people"].name).mean() > 0.9


def test_a_larger_company_has_more_sites_and_the_same_planted_facts(
    planted, make, load, tmp_path, files
) -> None:
    make("--out", tmp_path, "--scale", 2)
    large = load(tmp_path)
    assert len(large["people"]) == 2 * planted["people"] - 1  # one chief executive
    assert len(large["teams"]) == 2 * planted["teams"] - 1
    for name in ("teams", "people", "objectives", "key_results"):
        assert large[name].iloc[:, 0].is_unique, name
    assert len(large["check_ins"]) > 1.8 * len(files["check_ins"])
    freeze = large["objectives"].title.str.startswith("Freeze firmware changes")
    assert freeze.sum() == 1
    assert set(large["key_results"].objective) <= set(large["objectives"].objective)


def test_the_folder_is_small_enough_to_clone_and_read_quickly(sample_folder) -> None:
    assert sum(path.stat().st_size for path in sample_folder.iterdir()) < 6_000_000


def test_names_are_invented(files, sample_folder) -> None:
    for name in files:
        text = (sample_folder / f"{name}.csv").read_text(encoding="utf-8")
        assert not re.findall(FIRMS, text, re.IGNORECASE), name
    assert files["people"].name.is_unique
    assert "an invented company" in (sample_folder / "README.md").read_text(encoding="utf-8")
    assert files["teams"].name[0] == "Quillmere Instruments"


def test_the_readme_names_every_planted_id(planted, sample_folder) -> None:
    readme = (sample_folder / "README.md").read_text(encoding="utf-8")
    wanted = set(re.findall(AN_ID, str(planted)))
    assert len(wanted) > 100
    assert wanted - set(re.findall(AN_ID, readme)) == set()


def test_the_readme_quotes_the_verdict_of_every_rule(planted, sample_folder) -> None:
    readme = (sample_folder / "README.md").read_text(encoding="utf-8")
    stated = dict(re.findall(r"^\| `(\w+)` \| (met|not met) \|", readme, re.MULTILINE))
    assert stated == {rule: verdict.replace("_", " ") for rule, verdict in planted["audit"].items()}


def test_the_company_has_the_announced_size(planted, files, key_results, check_ins) -> None:
    assert len(files["teams"]) == planted["teams"]
    assert len(files["people"]) == planted["people"]
    assert (files["people"].is_leader == "yes").sum() == planted["managers"]
    assert len(key_results) == planted["key_results"]
    assert check_ins.date.max() == planted["as_of"]
    assert max(files["changes"].date.max(), files["objectives"].approved.max()) <= planted["as_of"]


def test_ids_meet_across_tables(planted, files, drivers_of) -> None:
    people, left = set(files["people"].person), planted["left_out"]["left_the_company"]
    drivers = {person for cell in files["key_results"].driver for person in drivers_of(cell)}
    assert drivers - people == {left}
    goals = set(files["objectives"].objective) | set(files["key_results"].key_result)
    assert set(files["objectives"].parent) - goals == {""}
    assert set(files["links"].child) | set(files["links"].parent) <= goals
    assert set(files["check_ins"].key_result) <= goals
    assert set(files["work"].key_result) - goals == {""}


def test_a_few_rows_are_incomplete_as_they_are_in_life(planted, files) -> None:
    left_out = planted["left_out"]
    assert (files["check_ins"].status == "").sum() == left_out["without_status"]
    assert (files["grades"].grade == "").sum() == left_out["without_grade"]
    gone = files["key_results"][files["key_results"].driver == left_out["left_the_company"]]
    assert list(gone.key_result) == left_out["driven_by_somebody_who_left"]
