"""Dates as people type them, in every language we speak, and what is no date."""

import tomllib
from collections import defaultdict
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from domain.languages import LANGUAGES
from domain.rules.dates_typed import SOURCE, date_in

TODAY = date(2026, 11, 22)  # A Sunday.
NEW_YEARS_EVE = date(2026, 12, 31)


@pytest.mark.parametrize(
    "text",
    [
        "31.12.2026", "31. 12. 2026", "31.12.26", "31/12/2026", "31-12-2026", "2026-12-31",
        "2026/12/31", "12/31/2026", "31.12.", "31.12", "31/12", "bis 31.12.2026", "Am 31.12.!",
        "31. Dezember 2026", "31. Dez. 2026", "bis zum 31. Dezember", "31 December 2026",
        "December 31, 2026", "31st of December 2026", "until Dec 31", "Thursday, 31 December 2026",
        "31 décembre 2026", "jusqu’au 31 décembre", "31 decembre 2026",
        "31 de diciembre de 2026", "hasta el 31 de diciembre", "31 de dezembro de 2026",
        "até 31 de dezembro", "31 грудня 2026 року", "до 31 грудня 2026 р.", "31 ГРУДНЯ",
        "٣١/١٢/٢٠٢٦", "٣١‏/١٢‏/٢٠٢٦", "٢٠٢٦-١٢-٣١", "۳۱/۱۲/۲۰۲۶", "٣١ ديسمبر ٢٠٢٦",
        "31 كانون الأول 2026", "حتى ٣١ دجنبر", "  31.12.2026 \n",
        "Donnerstag, den 31.12.2026", "bis Donnerstag, 31.12.", "Do 31.12.", "Do., 31.12.26",
        "Thu, 12/31/2026", "Thu 31 Dec", "jeudi 31/12", "jeu. 31/12", "jue 31/12/2026",
        "quinta-feira, 31/12", "qui. 31/12", "четвер, 31.12.", "чт 31.12", "чт, 31 грудня",
        "الخميس ٣١/١٢",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_understood_in_whatever_language_the_chat_is(text: str, language: str) -> None:
    assert date_in(text, language, TODAY) == NEW_YEARS_EVE


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("03/04/2027", "fr", date(2027, 4, 3)),
        ("03/04/2027", "en", None),  # The third of April to some, the fourth of March to others.
        ("03-04-2027", "en", None),
        ("03.04.2027", "en", date(2027, 4, 3)),
        ("04/04/2027", "en", date(2027, 4, 4)),
        ("3 April 2027", "en", date(2027, 4, 3)),
    ],
)
def test_day_and_month_in_figures_count_where_they_are_certain(
    text: str, language: str, meant: date | None
) -> None:
    assert date_in(text, language, TODAY) == meant


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("heute", 0), ("tomorrow", 1), ("morgen", 1), ("demain", 1), ("mañana", 1), ("manana", 1),
        ("amanhã", 1), ("завтра", 1), ("غداً", 1), ("übermorgen", 2), ("the day after tomorrow", 2),
        ("pasado mañana", 2), ("après-demain", 2), ("depois de amanhã", 2), ("بعد غد", 2),
        ("Montag", 1), ("next Monday", 1), ("hasta el lunes", 1), ("segunda-feira", 1),
        ("до п’ятниці", 5), ("يوم الجمعة", 5), ("Sonntag", 7), ("dimanche", 7),
        ("Fr.", 5), ("Fri", 5), ("ven.", 5), ("vie", 5), ("sex.", 5), ("пт", 5),
    ],
)  # fmt: skip
def test_a_day_is_named_by_its_distance(text: str, days: int) -> None:
    assert date_in(text, "de", TODAY) == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22.11.", TODAY),
        ("21.11.", date(2027, 11, 21)),
        ("29.2.", date(2028, 2, 29)),
        ("21. November", date(2027, 11, 21)),
        ("1.1.2020", date(2020, 1, 1)),  # Past: whoever asked says that it is.
    ],
)
def test_without_a_year_it_is_the_next_such_day(text: str, meant: date) -> None:
    assert date_in(text, "de", TODAY) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "bis", "nie", "12", "2026", "Mai 2027", "31.02.2027", "29.2.2027", "32.1.2027",
        "1.13.2027", "0.0.2027", "9999-99-99", "3000-01-01", "31,12,2026", "31.12. und 1.1.",
        "1²/3", "Freitag, 31. Dezember 2026", "Freitag, 31.12.2026",
        "Fr 31.12.", "Do Fr 31.12.", "31 Dezember 2026 2027", "1.2.3.4", "31.12/2026",
        "/settings", "Montag Dienstag", "Amman", "1" * 5000, "31.12.2026 " + "x" * 100, "\x00",
    ],
)  # fmt: skip
def test_what_is_no_certain_date_is_none(text: str) -> None:
    assert date_in(text, "de", TODAY) is None


@given(
    day=st.dates(date(2026, 11, 22), date(2199, 12, 31)),
    language=st.sampled_from(LANGUAGES),
    length=st.sampled_from(("long", "full")),
)
def test_what_we_write_ourselves_is_understood(day: date, language: str, length: str) -> None:
    assert date_in(format_date(day, length, locale=language), language, TODAY) == day


@given(text=st.text(max_size=120), language=st.sampled_from(LANGUAGES))
def test_any_text_at_all_is_taken(text: str, language: str) -> None:
    found = date_in(text, language, TODAY)
    assert found is None or isinstance(found, date)


def test_no_word_means_two_things() -> None:
    document = tomllib.loads(SOURCE.read_text("utf-8"))
    meanings: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for of in ("months", "weekdays"):
        for meant, words in enumerate(document[of]):
            for word in words:
                meanings[word.casefold()].add((of, meant))
    for days, words in document["days"].items():
        for word in words:
            meanings[word.casefold()].add(("days", int(days)))
    for word in document["beside"]["words"]:
        meanings[word.casefold()].add(("beside", 0))
    assert {word: meant for word, meant in meanings.items() if len(meant) > 1} == {}
