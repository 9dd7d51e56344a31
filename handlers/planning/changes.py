"""Drafts of changes: which questions they ask, and what of a session they change."""

from domain.planning import Details, Draft, Question
from domain.rules.local_times import wall_time
from domain.sessions import Form, Session
from domain.texts import shown
from handlers.planning.steps import minutes

WHEN = "when"
_MOVING = (Question.DAY, Question.TIME, Question.LASTS)

CHANGES: dict[str, tuple[Question, ...]] = {
    WHEN: _MOVING,
    "form": (Question.FORM, Question.PLACE, Question.LINK),
    "place": (Question.PLACE,),
    "link": (Question.LINK,),
    "capacity": (Question.CAPACITY,),
    "agenda": (Question.AGENDA,),
    "guests": (Question.GUESTS,),
    "language": (Question.LANGUAGE, Question.INTERPRETERS),
    "title": (Question.TITLE,),
}
"""What can be changed of a session, by its name on the wire, and the questions that are asked."""


def applies_to(what: str, session: Session) -> bool:
    """Whether a session has this: one online has no place."""
    return not (
        (what == "place" and session.form is Form.ONLINE)
        or (what == "link" and session.form is Form.IN_PERSON)
    )


def change_of(session: Session, what: str, language: str) -> Draft:
    """The draft of a change: what there is now, and the questions about it."""
    starts = wall_time(session.starts_at, session.zone)
    return Draft(
        exchange=session.exchange,
        zone=session.zone,
        session=session.id,
        asks=tuple(one.value for one in CHANGES[what]),
        title=shown(session.title, language),
        day=starts.date().isoformat(),
        month=f"{starts:%Y-%m}",
        begins=starts.hour * 60 + starts.minute,
        before=starts.hour * 60 + starts.minute,
        lasts=minutes(session.lasts),
        form=session.form.value,
        place=session.place,
        link=session.link,
        capacity=session.capacity,
        language=session.language,
        interpreters=tuple(sorted(session.interpreters)),
        agenda=shown(session.agenda, language) or None,
        guests=session.guests,
    )


def moves(draft: Draft) -> bool:
    """Whether it changes when a session is."""
    return Question.DAY.value in draft.asks


def details_in(draft: Draft, session: Session, language: str) -> Details:
    """What the draft says otherwise than the session. A text that is written anew stands in the
    language of its writer alone: what is said in others would be out of date."""
    said = Details()
    for question in draft.asks:
        said.update(_detail(Question(question), draft, language))
    return said


def _detail(question: Question, draft: Draft, language: str) -> Details:
    form = Form(draft.form or Form.ONLINE.value)
    every: dict[Question, Details] = {
        Question.TITLE: {"title": {language: draft.title or ""}},
        Question.AGENDA: {"agenda": {language: draft.agenda} if draft.agenda else {}},
        Question.GUESTS: {"guests": draft.guests},
        Question.PLACE: {"place": None if form is Form.ONLINE else draft.place},
        Question.LINK: {"link": None if form is Form.IN_PERSON else draft.link},
        Question.CAPACITY: {"capacity": draft.capacity},
        Question.LANGUAGE: {"language": draft.language},
        Question.INTERPRETERS: {"interpreters": frozenset(draft.interpreters)},
        Question.FORM: {"form": form},
    }
    return every.get(question, Details())
