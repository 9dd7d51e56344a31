"""The routers in the order in which they are asked (handlers/__init__.py says why)."""

from aiogram import Router

from handlers import (
    admissions,
    concerns,
    dismissals,
    erasure,
    feedback,
    filters,
    introductions,
    leaving,
    outcomes,
    overview,
    partners,
    privacy,
    refusals,
    reports,
    returning,
    roles,
    sentence,
    start,
)
from handlers.profile import card, wizard
from handlers.settings import conversation as settings

ROUTERS: tuple[Router, ...] = (
    sentence.early,
    wizard.answers,
    erasure.router,
    start.router,
    privacy.router,
    roles.strangers,
    refusals.strangers,
    leaving.router,
    partners.router,
    dismissals.router,
    introductions.router,
    overview.router,
    outcomes.router,
    reports.router,
    admissions.router,
    roles.router,
    filters.router,
    settings.router,
    feedback.router,
    concerns.router,
    returning.router,
    sentence.router,
    card.router,
    leaving.late,
    wizard.router,
    sentence.late,
    refusals.router,
)
