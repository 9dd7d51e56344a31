"""The list of what members bring to a session: a proposal for its agenda."""

from markupsafe import Markup

from actions.contributions import Brought
from delivery.buttons import button
from delivery.cards import NEWLINE
from delivery.message import Button, Keyboard, Message
from delivery.presses_of_contributions import (
    Bring,
    ShowBrought,
    ShowOwn,
    TakeOutContribution,
)
from delivery.presses_of_exchanges import ShowSession
from domain.sessions import Contribution
from domain.texts import shown
from locales import names
from locales.speech import Speech

PER_PAGE = 6
LONGEST_NAME = 60
Listed = tuple[int, str | None, Contribution]
"""A contribution with its number and its theme."""


def page_of(say: Speech, found: Brought, number: int) -> Message:
    """A page, by theme; what can be done with one's own, and for who runs it with any."""
    every = _numbered(found)
    last = max(0, len(every) - 1) // PER_PAGE
    page = min(max(number, 0), last)
    on_page = every[page * PER_PAGE : (page + 1) * PER_PAGE]
    key = "brought-agenda-title" if found.whole else "brought-title"
    lines = [say(key, session=shown(found.session.title, say.language))]
    if not every:
        lines += [Markup(), say("brought-nothing")]
    theme: object = object()
    for at, of_theme, one in on_page:
        if of_theme != theme:
            theme = of_theme
            lines += [Markup(), _heading(say, of_theme)]
        lines.append(_line(say, found, at, one))
    return Message(NEWLINE.join(lines), _rows(say, found, on_page, page, last))


def _numbered(found: Brought) -> list[Listed]:
    listed = [(theme.theme, one) for theme in found.themes for one in theme.contributions]
    return [(at, theme, one) for at, (theme, one) in enumerate(listed, 1)]


def _heading(say: Speech, theme: str | None) -> Markup:
    if theme is None:
        return say("brought-other")
    return say("brought-theme", theme=names.topic(say.language, theme))


def _line(say: Speech, found: Brought, number: int, one: Contribution) -> Markup:
    author = found.authors.get(one.membership)
    if author is None:
        return say("brought-line", number=number, words=one.words)
    name = names.cut(author, LONGEST_NAME)
    return say("brought-line-by", number=number, words=one.words, name=name)


def _rows(say: Speech, found: Brought, on_page: list[Listed], page: int, last: int) -> Keyboard:
    session = found.session.id
    rows: list[tuple[Button, ...]] = []
    for at, _, one in on_page:
        if one.id in found.own:
            rows.append((button(say, "button-own-contribution", ShowOwn(one.id), number=at),))
        elif found.whole:
            press = TakeOutContribution(one.id)
            rows.append((button(say, "button-take-out-number", press, number=at),))
    turning = []
    if page > 0:
        turning.append(button(say, "button-page-before", ShowBrought(session, page - 1)))
    if page < last:
        turning.append(button(say, "button-page-after", ShowBrought(session, page + 1)))
    if turning:
        rows.append(tuple(turning))
    if not found.whole:
        rows.append((button(say, "button-bring", Bring(session)),))
    rows.append((button(say, "button-replies-session", ShowSession(session)),))
    return tuple(rows)
