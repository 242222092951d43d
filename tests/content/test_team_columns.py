"""Courses and overdue work in the team table: what is read of each person before any answer is known."""

from content.team_columns import CoursesColumn, OverdueColumn

PEOPLE = [201, 202]


def test_overdue_column_takes_a_call_a_person() -> None:
    reads = list(next(OverdueColumn().flow(PEOPLE)))

    assert [read.endpoint.route.template for read in reads] == ["/overdueItems/"] * len(PEOPLE)


def test_courses_column_begins_with_a_call_a_person() -> None:
    reads = list(next(CoursesColumn().flow(PEOPLE)))

    assert [read.endpoint.route.template for read in reads] == ["/enrollments/users/(userId)/orgUnits/"] * len(PEOPLE)
