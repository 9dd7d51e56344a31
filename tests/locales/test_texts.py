"""Every sentence in every language: none missing, none unused, right plurals, values kept apart."""

import html
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from markupsafe import Markup

from domain.languages import LANGUAGES, RIGHT_TO_LEFT, nearest
from domain.matches import Mode, ObjectionKind, ReasonKind
from domain.notices import NOTICES
from domain.organisations import Kind, Sector, Size
from domain.partnerships import PartnershipKind
from domain.people import Detail
from domain.profiles import Answer
from domain.rules.climates import GROUPS
from domain.searches import ClimateWish, Facet
from handlers.commands import COMMANDS
from handlers.profile.steps import BY_ANSWER, Typed
from locales import names, review
from locales.catalogues import paths_of, read
from locales.speech import ISOLATE, LEFT_MARK, POP, RIGHT_MARK, MissingText, own_names, speech

ROOT = Path(__file__).parents[2]
FOLDERS = ("handlers", "delivery", "bot", "domain", "actions", "locales", "web")
AMOUNTS = (0, 1, 2, 3, 5, 11, 21, 100)
NASTY = "</b> & {x} אב\u202e"

# An announcement is told in the words of who wrote it, and its progress as the report.
IN_ANOTHERS_WORDS = {"AnnouncementMade", "AnnouncementEdited", "AnnouncementProgress"}
# Keys that are made of a word and a stored id: each family, and its ids.
FAMILIES: dict[str, tuple[str, ...]] = {
    "question-": tuple(Answer),
    "answer-": tuple(Answer),
    "button-change-": tuple(Answer),
    "size-": tuple(Size),
    "active-": names.YES_OR_NO,
    "sdg-": names.GOALS,
    "partnership-": tuple(PartnershipKind),
    "misheard-": tuple(one for one, step in BY_ANSWER.items() if not isinstance(step, Typed)),
    "kind-": tuple(Kind),
    "sector-": tuple(Sector),
    "detail-": tuple(Detail),
    "mode-": tuple(Mode),
    "reason-": tuple(ReasonKind),
    "objection-": tuple(ObjectionKind),
    "climate-": tuple(GROUPS),
    "way-": tuple(Mode),
    "also-way-": tuple(Mode),
    "climates-": tuple(ClimateWish),
    "also-climates-": tuple(ClimateWish),
    "facet-": tuple(Facet),
    "button-loosen-": tuple(Facet),
    "command-": COMMANDS,
    "": tuple(one for one in NOTICES if one not in IN_ANOTHERS_WORDS),
}


def keys_of_families() -> Iterator[str]:
    for start, ids in FAMILIES.items():
        yield from (f"{start}{one}" for one in ids)


def written_in_code() -> frozenset[str]:
    """Every string in our code that looks like a key."""
    sources = (
        source.read_text("utf-8") for folder in FOLDERS for source in (ROOT / folder).rglob("*.py")
    )
    return frozenset(
        key for text in sources for key in re.findall(r'"([a-zA-Z]+(?:-[a-z_]+)*)"', text)
    )


def families_in_code() -> tuple[str, ...]:
    """How keys begin that our code makes of a word and a stored id: f"reason-{kind}"."""
    sources = (
        source.read_text("utf-8") for folder in FOLDERS for source in (ROOT / folder).rglob("*.py")
    )
    return tuple({start for text in sources for start in re.findall(r'f"([a-zA-Z-]+-)\{', text)})


def texts(language: str) -> dict[str, review.Message]:
    return review.texts_of(read(language))


def test_the_catalogues_have_no_faults() -> None:
    assert review.faults() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reviewers_sheet_shows_every_text_with_its_context(language: str) -> None:
    entries = {one.split("\n", 1)[0]: one for one in re.split(r"(?m)^## ", review.sheet(language))}
    originals = texts("en")
    for key, message in texts(language).items():
        entry = entries[key]
        assert f"({message.auto_comments[0]}" in entry, key
        assert all(text in entry for text in review.forms(message)), key
        assert all(text in entry for text in review.forms(originals[key])), key
    assert "(at most 40 characters)" in entries["button-consent"]


def test_a_reviewers_sheet_says_which_numbers_take_a_form() -> None:
    key = next(key for key, one in texts("ar").items() if len(review.forms(one)) > 1)
    entry = review.sheet("ar").split(f"## {key}\n")[1].split("\n## ")[0]
    for numbers in ("0 …", "1 …", "2 …", "3, 4, 5, 6 …", "11, 12, 13, 14 …", "100, 101, 102"):
        assert f"[ar: {numbers}" in entry


def test_there_is_no_sheet_of_a_language_that_is_not_spoken() -> None:
    with pytest.raises(ValueError, match="none of de, en"):
        review.sheet("xx")


def test_every_family_is_whole_and_every_text_is_used() -> None:
    known = frozenset(texts("en"))
    assert sorted(set(keys_of_families()) - known) == []
    unused = known - written_in_code() - frozenset(keys_of_families())
    assert sorted(key for key in unused if not key.startswith(families_in_code())) == []


def test_every_key_that_the_code_says_is_there() -> None:
    """Keys with a hyphen after a call that says something, or in a refusal."""
    calls = re.compile(
        r'(?:say|plain|Misheard|Refusal|button)\(\s*(?:say, |turn\.say, )?"([\w-]+)"'
    )
    said = {
        key
        for folder in FOLDERS
        for source in (ROOT / folder).rglob("*.py")
        for key in calls.findall(source.read_text("utf-8"))
    }
    assert len(said) > 50
    assert sorted(said - texts("en").keys()) == []


def test_a_missing_text_shows() -> None:
    with pytest.raises(MissingText):
        speech("de")("no-such-key")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_said_with_every_amount_and_any_value(language: str) -> None:
    say = speech(language)
    for key, message in texts(language).items():
        several = len(review.forms(message)) > 1
        wanted = review.placeholders("".join(review.forms(message))) - {"n"}
        values: dict[str, object] = dict.fromkeys(wanted, NASTY)
        for n in AMOUNTS if several else (None,):
            said = str(say(key, n, **values))
            assert "{" not in said.replace("{x}", "").replace("{ }", ""), (key, n)
            assert said.count(ISOLATE) >= len(wanted), f"{key}: a value is not kept apart"
            assert "</b> &" not in said, f"{key}: a value is not escaped"
            plain = say.plain(key, n, **values)
            assert plain.count(ISOLATE) >= len(wanted)
            assert plain.count(ISOLATE) == plain.count(POP)


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
def test_lines_of_a_right_to_left_text_lean_right_and_commands_stay_whole(language: str) -> None:
    say = speech(language)
    for key, message in texts(language).items():
        if len(review.forms(message)) > 1:
            continue
        wanted = review.placeholders("".join(review.forms(message)))
        said = str(say(key, **dict.fromkeys(wanted, "Dresden")))
        assert all(line.startswith(RIGHT_MARK) for line in said.split("\n") if line), key
        for command in COMMANDS:
            for found in re.finditer(rf"(?<![<\w])/{command}\b", said):
                assert said[found.start() - 1] == "\u2066", f"{key}: {command} would be moved"
                assert said[found.end()] == POP, key


@pytest.mark.parametrize("language", sorted(RIGHT_TO_LEFT))
@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/meet",
        "https://example.org/-/room/~anna/.x/%2F/a?tel=+49&to=/b#/c",
        "https://example.org/@anna/+49",
    ],
)
def test_addresses_in_a_right_to_left_text_stay_whole(language: str, address: str) -> None:
    say = speech(language)
    assert address in html.unescape(str(say("session-link", link=address)))
    linked = Markup('<a href="{0}">{0}</a>').format(address)
    assert str(linked) in str(say("session-link", link=linked))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one not in RIGHT_TO_LEFT])
def test_lines_of_a_left_to_right_text_that_begin_with_a_name_lean_left(language: str) -> None:
    say = speech(language)
    led = 0
    for key, message in texts(language).items():
        if len(review.forms(message)) > 1:
            continue
        wanted = review.placeholders("".join(review.forms(message)))
        for line in str(say(key, **dict.fromkeys(wanted, "شركة مياه"))).split("\n"):
            if re.match(r"(<[^>]+>)*" + ISOLATE, line.removeprefix(LEFT_MARK)):
                assert line.startswith(LEFT_MARK), key
                led += 1
    assert led > 5
    assert LEFT_MARK not in str(say("welcome"))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one not in RIGHT_TO_LEFT])
def test_a_left_to_right_text_carries_no_right_mark(language: str) -> None:
    assert RIGHT_MARK not in str(speech(language)("welcome"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_as_many_as_the_language_has(language: str) -> None:
    catalogue = read(language)
    assert catalogue.num_plurals == {"ar": 6, "uk": 3}.get(language, 2)
    for key, message in texts(language).items():
        if isinstance(message.id, (tuple, list)):
            assert len(message.string) == catalogue.num_plurals, key


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("de", "29. Februar 2028"), ("en", "February 29, 2028"), ("fr", "29 février 2028"),
        ("es", "29 de febrero de 2028"), ("pt", "29 de fevereiro de 2028"),
        ("uk", "29 лютого 2028\u202fр."), ("ar", "29 فبراير 2028"),
    ],
)  # fmt: skip
def test_dates(language: str, written: str) -> None:
    assert speech(language).date(datetime(2028, 2, 29, 23, 59, tzinfo=UTC)) == written


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_name_everything_once(language: str) -> None:
    items = ["Wasser", "вода", "مياه", "<x>"]
    said = str(speech(language).listing(items))
    assert [said.count(one) for one in ("Wasser", "вода", "مياه", "&lt;x&gt;")] == [1, 1, 1, 1]
    assert said.count(ISOLATE) == len(items)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_beside_each_other_differ(language: str) -> None:
    # A file is a conversation; those of different ones do not stand beneath one message, or lead
    # to the same.
    for path in paths_of(language):
        here = list(texts_in(path, language))
        for start in ("button-", "kind-", "sector-", "detail-"):
            said = [review.forms(one)[0] for one in here if str(one.id).startswith(start)]
            doubled = {one for one in said if said.count(one) > 1}
            # Two that never stand together: refusing consent, and declining an introduction.
            assert doubled <= {speech(language).plain("button-no-consent")}, (path.name, start)


def texts_in(path: Path, language: str) -> Iterator[Message]:
    """The texts of one conversation."""
    with path.open("rb") as file:
        for one in read_po(file, locale=language):
            if one.id:
                yield Message(one.id[0] if isinstance(one.id, tuple) else one.id, one.string)


def test_every_language_is_offered_by_its_own_name() -> None:
    assert own_names() == {
        "de": "Deutsch", "en": "English", "fr": "Français", "es": "Español",
        "pt": "Português", "uk": "Українська", "ar": "العربية",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("told", "spoken"),
    [
        ("de", "de"), ("de-AT", "de"), ("pt-br", "pt"), ("PT_BR", "pt"), ("uk", "uk"),
        ("ru", "uk"), ("ca", "es"), ("ar-EG", "ar"), ("", "en"), (None, "en"), ("zh-hans", "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_telegram(told: str | None, spoken: str) -> None:
    assert nearest(told) == spoken


def test_halves_of_a_name_are_recognised_too() -> None:
    district = names.kinds_in_all_languages()["district"]
    assert {"Landkreis", "County", "county", "Район", "محافظة"} & set(district) >= {
        "Landkreis", "county", "Район", "محافظة",
    }  # fmt: skip
    assert "Planung" in names.sectors_in_all_languages()["planning_climate"]
    for several in (names.kinds_in_all_languages(), names.sectors_in_all_languages()):
        for one, called in several.items():
            assert all(len(name) > 2 for name in called), one
