"""src/uprgraph/errors.py."""

import pickle
from pathlib import Path

import pytest

from uprgraph import errors

EXAMPLES = [
    (errors.UprGraphError("wrong", "mend it"), "wrong\nmend it"),
    (errors.UnknownValueError('"x" is unknown', ["y", "z"]), '"x" is unknown\ndid you mean "y" or "z"?'),
    (errors.InvalidDataError("not Turtle", Path("a.ttl"), 3, 5), "a.ttl:3:5: not Turtle"),
    (errors.InvalidDataError("not Turtle"), "not Turtle"),
    (errors.QueryError("wrong", 2, 4), "line 2, column 4: wrong"),
    (errors.QueryError("wrong", 2), "line 2: wrong"),
    (errors.EndpointError("down", 503), "down"),
    (
        errors.MissingExtraError("altair", "plots", "plot()"),
        'plot() needs the library altair, which is not installed\ninstall it with: pip install "uprgraph[plots]"',
    ),
]


@pytest.mark.parametrize(("error", "text"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_says_what_is_wrong_and_what_to_do(error: errors.UprGraphError, text: str) -> None:
    assert str(error) == text
    assert error.exit_code == 2


@pytest.mark.parametrize(("error", "text"), EXAMPLES, ids=lambda value: type(value).__name__)
def test_survives_the_way_from_a_child_process(error: errors.UprGraphError, text: str) -> None:
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(copy) is type(error)
    assert str(copy) == text
    assert copy.__dict__ == error.__dict__
