"""How long something takes, as people type it."""

import pytest

from domain.rules.lengths_typed import length_in


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90", 90), ("90 min", 90), ("90 Minuten", 90), ("2 Stunden", 120), ("1,5 Std.", 90),
        ("1.5 hours", 90), ("2 heures", 120), ("2 horas", 120), ("2 години", 120), ("90 хв", 90),
        ("٢ ساعات", 120), ("٩٠ دقيقة", 90), ("1 Std. 30 min", 90), ("0 min", 0),
        ("zwei Stunden", 120), ("eine Stunde", 60), ("anderthalb Stunden", 90), ("1½ Stunden", 90),
        ("eineinhalb Stunden", 90), ("eine halbe Stunde", 30), ("2h", 120), ("1h30", 90),
        ("1 h 30 min", 90), ("1:30 Std.", 90), ("two hours", 120), ("an hour and a half", 90),
        ("half an hour", 30), ("an hour", 60), ("une heure et demie", 90), ("deux heures", 120),
        ("une heure", 60), ("hora y media", 90), ("dos horas", 120), ("una hora", 60),
        ("uma hora e meia", 90), ("duas horas", 120), ("дві години", 120), ("година", 60),
        ("півтори години", 90), ("годину", 60), ("ساعتان", 120), ("ساعة ونصف", 90), ("ساعة", 60),
        ("ثلاث ساعات", 180), ("16h", None), ("9 h", None), ("eine", None), ("drei", None),
        ("14", None), ("14 h", None), ("14:30", None), ("", None), ("lange", None),
        ("99999", None), ("-5 min", None),
    ],
)  # fmt: skip
def test_a_length_in_words(text: str, minutes: int | None) -> None:
    found = length_in(text)
    assert (None if found is None else found.total_seconds() / 60) == minutes
