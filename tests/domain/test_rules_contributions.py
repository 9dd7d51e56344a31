"""What is brought to a session, by theme."""

from types import SimpleNamespace
from typing import Any

import pytest

from domain.rules.contributions import by_theme
from domain.sessions import Contribution

THEMES = {"water": "water", "leaks": "water", "meters": "water", "waste": "waste", "bins": "waste",
          "staff": "staff"}  # fmt: skip
TOPICS: Any = {topic: SimpleNamespace(theme=theme) for topic, theme in THEMES.items()}


def brought(number: int, *topics: str) -> Contribution:
    return Contribution(number, 1, number, f"words {number}", frozenset(topics))


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ([], []),
        ([brought(1)], [(None, [1])]),
        ([brought(1, "unknown")], [(None, [1])]),
        ([brought(1, "leaks"), brought(2, "meters")], [("water", [1, 2])]),
        ([brought(1), brought(2, "bins")], [("waste", [2]), (None, [1])]),
        ([brought(1, "bins"), brought(2, "leaks")], [("water", [2]), ("waste", [1])]),
        (
            [brought(1, "leaks"), brought(2, "bins"), brought(3, "waste")],
            [("waste", [2, 3]), ("water", [1])],
        ),
        ([brought(1, "leaks", "staff"), brought(2, "staff")], [("staff", [1, 2])]),
        ([brought(1, "leaks", "water", "staff"), brought(2, "staff")], [("staff", [1, 2])]),
        ([brought(1, "unknown", "staff")], [("staff", [1])]),
    ],
)
def test_each_stands_once_where_most_others_are(several: Any, expected: Any) -> None:
    found = [(one.theme, [each.id for each in one.contributions])
             for one in by_theme(several, TOPICS)]  # fmt: skip
    assert found == expected
