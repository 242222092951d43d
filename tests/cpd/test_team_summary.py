from cpd.team_summary import lede
from tests.cpd.people import person

BEHIND = person((420, 1260), (270, 840))
AHEAD = person((1200, 1260), (800, 840))
NO_TARGET = person((480, 0))
ROLLING = person((60, 1260), start=None)


def test_a_team_with_one_target_is_told_its_hours() -> None:
    assert lede([BEHIND, AHEAD, NO_TARGET]) == ("By now 22.4 h of 35 h are expected: 1 person is behind.")
    assert lede([AHEAD]) == "By now 22.4 h of 35 h are expected."


def test_a_team_with_several_targets_is_told_the_share() -> None:
    other = person((0, 600))

    assert lede([BEHIND, other]) == "By now 64 % of each target is expected: 2 people are behind."


def test_a_team_in_which_most_share_target_and_period_is_told_so() -> None:
    assert lede([BEHIND, AHEAD, ROLLING]) == "By now 22.4 h of 35 h are expected of most: 1 person is behind."


def test_a_team_with_several_periods_is_told_only_who_is_behind() -> None:
    assert lede([BEHIND, ROLLING]) == "1 person is behind."
    assert lede([ROLLING]) == ""
    assert lede([]) == ""
