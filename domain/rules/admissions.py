"""Who may settle an admission, whom it is put to, and which organisations may be joined."""

from datetime import datetime

from domain.admissions import NOT_AGAIN_FOR, TO_COORDINATORS_AFTER, Admission, AdmissionState
from domain.organisations import Organisation


def open_to_newcomers(one: Organisation, *, represented: bool) -> bool:
    """Whether an organisation may be named to somebody who gives a name like its own. A draft, or
    a profile that its people have hidden, is nobody else's business; one that nobody speaks for
    any more waits for somebody who does."""
    return one.name is not None and (one.published or not represented)


def waits_for_coordinators(one: Admission, now: datetime, *, represented: bool) -> bool:
    """Whether coordinators are asked: nobody speaks for the organisation, or nobody who does has
    answered for long."""
    return one.open and (not represented or now >= one.asked_at + TO_COORDINATORS_AFTER)


def may_settle(
    one: Admission, now: datetime, *, by: int, speaks_for_it: bool, coordinator: bool,
    represented: bool,
) -> bool:  # fmt: skip
    """Whether this person may admit or decline: never the newcomer; who speaks for the
    organisation; a coordinator once it waits for coordinators."""
    if by == one.person:
        return False
    if speaks_for_it:
        return True
    waits = not represented or now >= one.asked_at + TO_COORDINATORS_AFTER
    return coordinator and waits


def may_ask_again(before: Admission | None, now: datetime) -> bool:
    """Whether somebody may ask after an earlier answer of the same organisation."""
    if before is None or before.state is not AdmissionState.DECLINED:
        return True
    return before.settled_at is None or now >= before.settled_at + NOT_AGAIN_FOR
