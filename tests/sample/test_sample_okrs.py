"""The planted facts of the five statements are in the files, found with plain pandas."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest


def test_one_team_grades_on_another_scale(planted, files, objectives) -> None:
    other = planted["standardization"]["other_scale"]
    scales = objectives.groupby("team").scale.agg(set)
    assert scales[other] == {"1-5"}
    assert all(found == {"0-1"} for found in scales.drop(other))
    marks = (
        files["grades"]
        .merge(files["key_results"], on="key_result")
        .merge(files["objectives"], on="objective")
    )
    own = pd.to_numeric(marks[marks.team == other].grade).dropna()
    assert own.between(1, 5).all()
    assert own.max() > 1


def test_one_team_is_on_a_four_month_cycle(planted, files, objectives) -> None:
    other = planted["standardization"]["other_cycle"]
    lengths = objectives.merge(files["cycles"], on="cycle")
    lengths = lengths[lengths.level != "company"].groupby("team").length.agg(set)
    assert lengths[other] == {"other"}
    assert all(found == {"quarter"} for found in lengths.drop(other))


def test_healthy_every_team_uses_one_template(planted, objectives) -> None:
    assert set(objectives.template) == {planted["standardization"]["template"]}


def test_healthy_two_of_forty_teams_exceed_the_counts(planted, objectives, key_results) -> None:
    limits = {"company": 3, "department": 5, "team": 3}
    counts = objectives.groupby(["team", "level"]).size()
    over = {team for (team, level), count in counts.items() if count > limits[level]}
    assert over == {planted["standardization"]["four_objectives"]}
    sizes = key_results.groupby("objective").size()
    assert list(sizes[sizes > 4].index) == [planted["standardization"]["five_key_results"]]
    assert objectives.team.nunique() == planted["teams"]


def test_healthy_every_team_that_checks_in_does_so_weekly(planted, check_ins) -> None:
    days = check_ins.groupby("key_result").day.diff().dt.days
    assert (days.groupby(check_ins.team).median() == 7).all()
    assert check_ins.team.nunique() == planted["teams"]


def test_about_one_check_in_in_five_happened_in_a_regular_meeting(
    planted, check_ins, files
) -> None:
    current = files["check_ins"][files["check_ins"].key_result.isin(check_ins.key_result)]
    regular = {
        "sprint planning", "sprint review", "Monday planning", "pipeline review", "shift stand-up",
        "weekly planning", "department review",
    }  # fmt: skip
    assert current.meeting.isin(regular).sum() == planted["integration"]["regular_check_ins"]
    assert len(current) == planted["integration"]["check_ins"]
    assert (
        current.meeting == ""
    ).mean() < 0.06  # so that even the blanks could not change the verdict
    assert set(current.meeting) - regular == {"OKR meeting", "OKR review", "entered alone", ""}


def test_nine_per_cent_of_hours_serve_a_key_result(planted, files) -> None:
    hours = files["work"].hours.astype(float)
    assert hours[files["work"].key_result != ""].sum() == planted["integration"]["linked_hours"]
    assert hours.sum() == planted["integration"]["hours"]
    linking = files["work"][files["work"].key_result != ""].team.nunique()
    assert linking == files["work"].team.nunique() == 31


def test_one_department_falls_silent_in_july(planted, files, all_check_ins) -> None:
    department = planted["integration"]["silent_department"]
    teams = set(files["teams"][files["teams"].parent_team == department].team) | {department}
    days = all_check_ins[all_check_ins.team.isin(teams)].date
    assert days.max() == planted["integration"]["silent_since"]
    assert len(teams) == 6


def test_nineteen_objectives_need_two_teams_and_six_have_owners_in_both(
    drivers_of, planted, files, objectives, key_results
) -> None:
    above = files["teams"].set_index("team").parent_team
    team_of = files["people"].set_index("person").team

    def in_line(team: str, top: str) -> bool:
        return team == top or (bool(team) and in_line(above.get(team, ""), top))

    drivers = key_results.groupby("objective").driver.agg(
        lambda cells: {p for cell in cells for p in drivers_of(cell)}
    )
    needed = set(files["dependencies"].objective) | set(files["dependencies"].depends_on)
    needing = set(files["dependencies"].objective)
    shared, owned, only_needed = [], [], []
    for row in objectives.itertuples():
        outside = any(not in_line(team_of[person], row.team) for person in drivers[row.objective])
        if outside or row.objective in needed or row.co_owners:
            shared.append(row.objective)
            alone = not (outside or row.objective in needing or row.co_owners)
            only_needed += [row.objective] if alone else []
            owners = {team_of[person] for person in [row.owner, *drivers_of(row.co_owners)]}
            owned += [row.objective] if len(owners) > 1 else []
    assert shared == planted["alignment"]["shared"]
    assert only_needed == planted["alignment"]["only_needed"]
    assert owned == planted["alignment"]["co_owned"]


def test_dependencies_are_partly_agreed(planted, files, objectives) -> None:
    current = files["dependencies"][files["dependencies"].objective.isin(objectives.objective)]
    words = Counter(current.agreed)
    counts = planted["alignment"]
    assert words == {"yes": counts["agreed"], "no": counts["not_agreed"], "": counts["no_answer"]}
    team = objectives.set_index("objective").team
    assert all(team[row.objective] != team[row.depends_on] for row in current.itertuples())


def test_two_objectives_stand_in_two_teams_each_and_no_other_does(planted, objectives) -> None:
    titles = objectives.assign(title=objectives.title.str.lower().str.strip())
    groups = titles.groupby("title").objective.agg(list)
    assert sorted(groups[groups.map(len) > 1]) == planted["alignment"]["same"]


def test_the_conflict_the_loop_and_the_orphans_are_there(planted, files, objectives) -> None:
    rows = objectives.set_index("objective")
    ship, freeze = planted["alignment"]["conflict"]
    assert rows.title[ship].startswith("Ship device configuration")
    assert rows.title[freeze].startswith("Freeze firmware changes")
    first, second = planted["alignment"]["loop"]
    assert (rows.parent[first], rows.parent[second]) == (second, first)
    below = objectives[(objectives.level != "company") & (objectives.parent == "")]
    assert sorted(below.objective) == planted["alignment"]["orphans"]


def given_and_due(
    key_results: pd.DataFrame, check_ins: pd.DataFrame, as_of: str
) -> tuple[int, int, list[int]]:
    """Weeks with a status, weeks in which one was due, and each key result's longest silence in days."""
    days = {
        name: list(zip(rows.day, rows.status, strict=True))
        for name, rows in check_ins.groupby("key_result")
    }
    given = due = 0
    silences = []
    for row in key_results.itertuples():
        begin = max(pd.Timestamp(row.start), pd.Timestamp(row.created))
        end = min(pd.Timestamp(row.end), pd.Timestamp(as_of))
        own = days.get(row.key_result, [])
        over = [day for day, status in own if status in ("done", "dropped", "paused")]
        last = over[0] if over else end
        weeks = (last - begin).days // 7 + 1 if over else ((end - begin).days + 1) // 7
        given += len({(day - begin).days // 7 for day, _ in own} & set(range(weeks)))
        due += weeks
        silences.append(
            max((b - a).days for a, b in pairwise([begin, *(day for day, _ in own), last]))
        )
    return given, due, silences


@pytest.mark.parametrize(("quarter", "third"), [("Q1", "T1"), ("Q2", "T2"), ("Q3", "T3")])
def test_weekly_statuses_fade_over_the_year(
    planted, all_key_results, all_check_ins, quarter, third
) -> None:
    cycles = [f"2026-{quarter}", f"2026-{third}"] + (["2026"] if quarter == "Q3" else [])
    given, due, _ = given_and_due(
        all_key_results[all_key_results.cycle.isin(cycles)], all_check_ins, planted["as_of"]
    )
    assert given / due == pytest.approx(planted["integration"]["share_given"][quarter], abs=0.01)


def test_half_of_the_key_results_are_silent_for_six_weeks_or_more(
    planted, key_results, check_ins
) -> None:
    silences = given_and_due(key_results, check_ins, planted["as_of"])[2]
    assert sorted(silences)[len(silences) // 2] >= 42


def test_healthy_96_per_cent_of_key_results_have_one_driver(
    drivers_of, planted, key_results
) -> None:
    drivers = key_results.set_index("key_result").driver.map(lambda cell: len(drivers_of(cell)))
    assert sorted(drivers[drivers == 0].index) == planted["accountability"]["no_driver"]
    assert sorted(drivers[drivers == 2].index) == planted["accountability"]["two_drivers"]
    assert (drivers == 1).sum() == 338
    assert (drivers == 1).mean() >= 0.95


def test_eight_of_27_red_key_results_have_a_plan(planted, check_ins) -> None:
    red = check_ins[check_ins.status == "red"]
    plans = red.groupby("key_result").has_plan.agg(set)
    assert (
        sorted(plans[plans.map(lambda words: "yes" in words)].index)
        == planted["accountability"]["red_with_plan"]
    )
    assert sorted(plans[plans == {"no"}].index) == planted["accountability"]["red_without_plan"]
    assert (red[red.has_plan == "no"].next_step == "").all()


def test_frozen_greens_stand_still_and_all_others_move(planted, check_ins) -> None:
    still, moving = [], []
    for name, rows in check_ins.groupby("key_result"):
        run = (rows.status != rows.status.shift()).cumsum()
        for _, stretch in rows[rows.status == "green"].groupby(run):
            long = (stretch.day.iloc[-1] - stretch.day.iloc[0]).days >= 42
            if long and stretch.number.notna().all():
                (still if stretch.number.nunique() == 1 else moving).append(name)
    assert sorted(still) == planted["accountability"]["frozen_green"]
    assert len(still) / len({*still, *moving}) > 0.15


def test_63_per_cent_of_key_results_were_written_as_outputs(planted, meant, key_results) -> None:
    counts = Counter(meant[key_results.key_result])
    assert counts == {kind: planted["wording"][kind] for kind in counts}
    assert counts["output"] / len(key_results) == pytest.approx(0.63, abs=0.005)


def test_few_key_results_have_a_number_and_fewer_a_baseline(planted, key_results) -> None:
    numbered = key_results.text.str.contains(r"\d|\bTwo\b")
    assert numbered.sum() == pytest.approx(planted["wording"]["with_number"], abs=8)
    both = (key_results.baseline != "") & (key_results.target != "")
    assert both.sum() == planted["wording"]["from_to"]
    assert key_results[both].text.str.contains(r"from [\d.]+.* to [\d.]+").all()


def test_texts_are_varied(files) -> None:
    assert files["key_results"].text.is_unique
    first_two = files["key_results"].text.str.split().str[:2].str.join(" ")
    assert first_two.value_counts(normalize=True).max() < 0.04


def test_outputs_get_full_marks_about_twice_as_often_as_outcomes(planted, grades) -> None:
    top = (grades.fraction == 1).groupby(grades.kind).mean()
    for kind, share in planted["wording"]["top_grades"].items():
        assert top[kind] == pytest.approx(share, abs=0.001)
    assert top["output"] / top["outcome"] == pytest.approx(2, abs=0.3)
