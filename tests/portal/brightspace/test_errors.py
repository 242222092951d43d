"""Error messages as people read them, and the documented tree of errors."""

from datetime import UTC, datetime

import pytest

from portal.brightspace import errors

EVERY_ERROR = [
    errors.SignInExpired(),
    errors.TokenRejected(),
    errors.ScopeMissing("cpd:records:read"),
    errors.ScopeMissing(),
    errors.NotPermitted("Quizzing.SeeQuizzing", 6609),
    errors.NotPermitted(),
    errors.NotFound(),
    errors.Gone(),
    errors.Refused("limit is too high"),
    errors.Refused(),
    errors.Conflict(),
    errors.RateLimited(datetime(2026, 11, 21, tzinfo=UTC)),
    errors.Unavailable(),
    errors.DeadlineExceeded(),
    errors.OutcomeUnknown(),
    errors.UnexpectedResponse(),
    errors.TruncatedResponse(),
    errors.Unsupported("le", "1.84"),
    errors.Unsupported("bas", "1.3", "1.2"),
]


@pytest.mark.parametrize("error", EVERY_ERROR, ids=lambda error: type(error).__name__)
def test_every_message_is_whole_sentences_without_jargon(
    error: errors.BrightspaceError,
) -> None:
    assert error.message[0].isupper()
    assert error.message.endswith(".")
    assert str(error) == error.message
    for jargon in ("HTTP", "JSON", "403", "None", "Traceback", "://", "  "):
        assert jargon not in error.message


def test_the_documented_tree_has_every_error() -> None:
    documentation = errors.__doc__ or ""
    classes = {
        kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.BrightspaceError)
    }
    assert {kind.__name__ for kind in classes if kind.__name__ not in documentation} == set()
    assert {type(error) for error in EVERY_ERROR} == classes - {errors.BrightspaceError}
