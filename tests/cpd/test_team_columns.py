"""CPD in the team table: what is read of each person."""

from cpd.team_columns import CpdColumns

PEOPLE = [201, 202]


def test_columns_take_two_calls_a_person() -> None:
    reads = list(next(CpdColumns().flow(PEOPLE)))

    assert len(reads) == 2 * len(PEOPLE)
    assert {read.endpoint.route.template for read in reads} == {
        "/cpd/target/progress/user/(userId)",
        "/cpd/record/user/(userId)",
    }
