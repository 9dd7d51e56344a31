"""How long something takes, as people type it."""

import pytest

from domain.rules.lengths_typed import length_in


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("90 min", 90), ("90 Minuten", 90), ("2 Stunden", 120), ("1,5 Std.", 90),
        ("1.5 hours", 90), ("2 heures", 120), ("2 horas", 120), ("2 години", 120), ("90 хв", 90),
        ("٢ ساعات", 120), ("٩٠ دقيقة", 90), ("1 Std. 30 min", 90), ("0 min", 0),
        ("14", None), ("14 h", None), ("14:30", None), ("", None), ("lange", None),
        ("99999", None), ("-5 min", None),
    ],
)  # fmt: skip
def test_a_length_in_words(text: str, minutes: int | None) -> None:
    found = length_in(text)
    assert (None if found is None else found.total_seconds() / 60) == minutes
