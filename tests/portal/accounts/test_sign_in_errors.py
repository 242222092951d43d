"""Sign-in errors: a code each, and texts made of it when they are read."""

import pytest
from django.utils import translation

from portal.accounts.sign_in_errors import SignInFailed, SignInProblem

PARAMETERS = {SignInProblem.SCOPE_MISSING: {"scopes": "cpd:records:read"}}


@pytest.mark.parametrize("problem", SignInProblem)
def test_every_problem_has_a_status_a_title_and_a_message_of_whole_sentences(problem: SignInProblem) -> None:
    error = SignInFailed(problem, **PARAMETERS.get(problem, {}))

    with translation.override("en"):
        assert 400 <= error.status < 600
        assert error.title
        assert not error.title.endswith(".")
        assert error.message.endswith(".")
        assert "%" not in error.message


def test_a_missing_scope_is_named_by_the_message() -> None:
    error = SignInFailed(SignInProblem.SCOPE_MISSING, scopes="cpd:records:read, core:*:*")

    with translation.override("en"):
        assert error.message.startswith("Brightspace did not grant: cpd:records:read, core:*:*. ")
