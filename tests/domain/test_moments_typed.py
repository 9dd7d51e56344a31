"""Days with a time as people type them, in every language we speak."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.languages import LANGUAGES
from domain.rules.moments_typed import Moment, end_in, just_past, moment_in, time_in

TODAY = date(2026, 11, 22)  # A Sunday.
THE_30TH = date(2026, 11, 30)
TOMORROW = date(2026, 11, 23)
AT_TWO = Moment(THE_30TH, time(14))
AT_TEN = Moment(TOMORROW, time(10))


@pytest.mark.parametrize(
    "text",
    [
        "30.11. 14 Uhr", "30.11. um 14 Uhr", "30.11.2026 14:00", "2026-11-30 14:00",
        "2026-11-30T14:00", "30.11.2026, 14.00 Uhr", "am 30. November um 14 Uhr",
        "Montag, 30. November 2026, 14 Uhr", "30.11. 2pm",
        "14 Uhr am Montag, 30. November", "14 Uhr am 30.11.", "30. November nachmittags um 2",
        "30 November 2pm", "30 November at 2 p.m.", "2 pm on 30 November",
        "November 30, 2026 at 2:00 PM", "30 November 2 in the afternoon",
        "30 novembre à 14h", "le 30 novembre à 14 h 00", "30 novembre 14h00", "30/11 à 14 heures",
        "30 de noviembre a las 14", "30 de noviembre a las 2 de la tarde", "30/11 14:00 hs",
        "el 30 de noviembre a las 14 h", "30 de novembro às 14h", "30 de novembro às 14 horas",
        "30/11 às 2 da tarde", "30 листопада о 14:00", "30 листопада о 14 годині", "30.11 о 14",
        "30 листопада о 2 дня", "٣٠/١١ الساعة ١٤", "٣٠ نوفمبر الساعة ١٤:٠٠",
        "٣٠ تشرين الثاني الساعة ٢ بعد الظهر", "٣٠/١١/٢٠٢٦ الساعة ٢ م", "30.11. 14.00",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_with_its_time(text: str, language: str) -> None:
    assert moment_in(text, language, TODAY) == AT_TWO


@pytest.mark.parametrize(
    "text",
    [
        "30.11. 14-16 Uhr", "Mo 30.11. 14–16 Uhr", "30.11., 14:00-16:00", "30.11. 14.00–16.00 Uhr",
        "Montag, den 30.11.2026, von 14 bis 16 Uhr", "30.11. 14 Uhr bis 16 Uhr",
        "30.11. 14:00 bis 16:00 Uhr", "Mon 30 Nov 2-4 pm", "30 November from 2pm to 4pm",
        "lundi 30 novembre, 14h-16h", "30 novembre de 14h à 16h", "30/11 14h à 16h",
        "30 de noviembre de 14 a 16 h", "30 de novembro das 14h às 16h", "30/11 14h às 16h",
        "30 листопада з 14 до 16", "пн 30.11 14:00–16:00", "٣٠ نوفمبر من ١٤ إلى ١٦",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_with_its_time_and_its_end(text: str, language: str) -> None:
    assert moment_in(text, language, TODAY) == Moment(THE_30TH, time(14), time(16))


@pytest.mark.parametrize(
    "text",
    [
        "morgen um 10", "morgen 10 Uhr", "morgen früh um 10", "tomorrow at 10", "tomorrow, 10 am",
        "demain à 10h", "demain à 10 heures", "mañana a las 10", "mañana a las 10 de la mañana",
        "amanhã às 10h", "завтра о 10", "завтра о 10:00", "завтра о 10 ранку", "غدًا الساعة ١٠",
        "غدا الساعة ١٠ صباحا", "Montag um 10", "monday 10am", "lundi à 10h", "الاثنين الساعة ١٠",
    ],
)  # fmt: skip
def test_a_day_that_is_not_far(text: str) -> None:
    assert moment_in(text, "de", TODAY) == AT_TEN


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14 Uhr", Moment(None, time(14))), ("2:30 pm", Moment(None, time(14, 30))),
        ("14h30", Moment(None, time(14, 30))), ("12 am", Moment(None, time(0))),
        ("12 pm", Moment(None, time(12))), ("um 9", Moment(None, time(9))),
        ("30.11.", Moment(THE_30TH, None)), ("30 November", Moment(THE_30TH, None)),
        ("morgen Mittag", Moment(TOMORROW, time(12))), ("morgen", Moment(TOMORROW, None)),
        ("30.11. abends um 8", Moment(THE_30TH, time(20))),
        ("30. November 14", Moment(date(2014, 11, 30), None)),
        ("30.11. 25 Uhr", None), ("30.11. 14:75", None), ("31.2. 14 Uhr", None), ("", None),
        ("bald", None), ("um zehn", None), ("Raum 30 14 Uhr", None), ("14 Uhr, 15 Uhr", None),
        ("13 am", None), ("x" * 200, None),
        ("14-16 Uhr", Moment(None, time(14), time(16))),
        ("von 9 bis 10.30", Moment(None, time(9), time(10, 30))),
        ("11-1 pm", Moment(None, time(11), time(13))),
        ("30.11. 16-14 Uhr", None), ("30.11.-2.12.", None), ("30.11. 14-25 Uhr", None),
        ("30.11. von 9 bis bald", None),
    ],
)  # fmt: skip
def test_what_else_is_a_moment_and_what_is_none(text: str, meant: Moment | None) -> None:
    assert moment_in(text, "de", TODAY) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("14", time(14)), ("9.30", time(9, 30)), ("9:30", time(9, 30)), ("0930", time(9, 30)),
        ("14h", time(14)), ("14 Uhr 30", time(14, 30)), ("2 p.m.", time(14)), ("٩:٣٠", time(9, 30)),
        ("الساعة ٩", time(9)), ("о 9 ранку", time(9)), ("a las 9", time(9)), ("às 9h", time(9)),
        ("24", None), ("9.75", None), ("9 bis 10", None), ("30.11.", None), ("-9", None),
    ],
)  # fmt: skip
def test_a_time_alone(text: str, meant: time | None) -> None:
    assert time_in(text) == meant


@given(st.text(max_size=120), st.sampled_from(LANGUAGES))
def test_any_text_is_read_or_not(text: str, language: str) -> None:
    found = moment_in(text, language, TODAY)
    assert found is None or found.day is not None or found.at is not None


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("16:30", time(16, 30)), ("bis 16:30 Uhr", time(16, 30)), ("bis 16 Uhr", time(16)),
        ("until 4pm", time(16)), ("jusqu’à 16h30", time(16, 30)), ("hasta las 16:30", time(16, 30)),
        ("até às 16:30", time(16, 30)), ("до 16:30", time(16, 30)), ("حتى ١٦:٣٠", time(16, 30)),
        ("bis morgen", None), ("", None), ("bis", None),
    ],
)  # fmt: skip
def test_until_when_something_lasts(text: str, end: time | None) -> None:
    assert end_in(text) == end


@pytest.mark.parametrize(
    ("text", "past"),
    [
        ("29.11. 14 Uhr", True), ("29. November", True), ("31.10.", True), ("30.11.", False),
        ("29.11.2027", False), ("29.11.2026", False), ("1.10.", False), ("morgen", False),
        ("Freitag um 10", False), ("14 Uhr", False), ("x", False),
    ],
)  # fmt: skip
def test_a_day_that_has_just_passed_is_not_taken_for_the_next_year(text: str, past: bool) -> None:
    assert just_past(text, "de", date(2026, 11, 30)) is past
