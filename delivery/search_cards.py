"""Filters in words."""

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from delivery.cards import NEWLINE
from delivery.option_words import listed
from domain.searches import Facet, Filters
from locales import names
from locales.speech import Speech


def filters_line(say: Speech, filters: Filters) -> list[Markup]:
    """What the suggestions are narrowed by, on one line; none where by nothing."""
    if not filters.narrowed:
        return []
    chosen = Markup("; ").join(
        Markup("{}: {}").format(
            say.plain(f"facet-{facet.value}"), facet_text(say, facet, filters.of(facet))
        )
        for facet in filters.narrowed
    )
    return [say("filters-line", filters=chosen)]


def facet_lines(say: Speech, filters: Filters) -> list[Markup]:
    """Every facet with what was chosen of it."""
    return [
        say(
            "labelled-line",
            label=Markup("{}").format(say.plain(f"facet-{facet.value}")),
            value=facet_text(say, facet, filters.of(facet)),
        )
        for facet in Facet
    ]


def facet_text(say: Speech, facet: Facet, chosen: Iterable[str]) -> Markup:
    """Chosen options in words."""
    words = sorted(map(option_words(say, facet), chosen))
    if not words:
        return Markup("{}").format(say.plain("filters-all"))
    return listed(say, words)


def option_words(say: Speech, facet: Facet) -> Callable[[str], str]:
    """How a facet's options are worded: a function from a stored id to words."""
    language = say.language
    worded: dict[Facet, Callable[[str], str]] = {
        Facet.TOPICS: lambda one: names.topic(language, one),
        Facet.REGIONS: lambda one: names.region(language, one),
        Facet.SECTORS: lambda one: say.plain(f"sector-{one}"),
        Facet.FORMS: lambda one: say.plain(f"filter-form-{one}"),
        Facet.LANGUAGES: say.language_name,
        Facet.WAYS: lambda one: say.plain(f"way-{one}"),
        Facet.CLIMATES: lambda one: say.plain(f"climates-{one}"),
    }
    return worded[facet]


def nobody_passes(
    say: Speech, filters: Filters, unfiltered: int, loosening: Sequence[tuple[Facet, int]]
) -> Markup:
    """Nobody passes the filters: which one to leave open, and who would fit then."""
    lines = [say("partners-none-filtered", n=unfiltered), *filters_line(say, filters)]
    if not loosening:
        lines.append(say("filters-all-at-once"))
    lines += [
        say("filters-loosen", number, facet=say.plain(f"facet-{facet.value}"))
        for facet, number in loosening
    ]
    return NEWLINE.join(lines)
