"""The sentence about a team's CPD."""

from cpd.team_summary import summary
from tests.cpd.people import person

BEHIND = person((420, 1260), (270, 840))
AHEAD = person((1200, 1260), (800, 840))
NO_TARGET = person((480, 0))
ROLLING = person((60, 1260), start=None)


def test_a_team_with_one_target_has_its_hours_in_the_summary() -> None:
    assert summary([BEHIND, AHEAD, NO_TARGET]) == ("By now 22.4 h of 35 h are expected: 1 person is behind.")
    assert summary([AHEAD]) == "By now 22.4 h of 35 h are expected."


def test_a_team_with_several_targets_has_a_percentage_in_the_summary() -> None:
    other = person((0, 600))

    assert summary([BEHIND, other]) == "By now 64 % of each target is expected: 2 people are behind."


def test_a_team_of_which_most_share_a_target_has_their_hours_in_the_summary() -> None:
    assert summary([BEHIND, AHEAD, ROLLING]) == "By now 22.4 h of 35 h are expected of most: 1 person is behind."


def test_a_team_with_several_periods_has_only_the_people_behind_in_the_summary() -> None:
    assert summary([BEHIND, ROLLING]) == "1 person is behind."
    assert summary([ROLLING]) == ""
    assert summary([]) == ""
