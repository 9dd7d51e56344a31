"""Walking through the profile as a person of each language would."""

from dataclasses import dataclass, replace

from tests.support.chat import Chat, buttons

SKIP = "button-skip"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody answers, in their own words."""

    language: str
    first_name: str
    name: str
    function: str
    email: str
    phone: str
    organisation: str
    place: str
    place_button: str
    offers: str
    seeks: str
    regions: str


NEWCOMERS = {
    "de": Newcomer("de", "Anna", "Anna Vogt", "Leiterin Abwasserbetrieb", "anna.vogt@example.de",
                   "+49 351 8220", "Stadtentwässerung Musterstadt", "Dresden, Deutschland",
                   "Dresden", "Klärschlamm und Trinkwasser", "Katastrophenschutz, Solarenergie",
                   "weltweit"),
    "en": Newcomer("en", "Grace", "Grace Mwila", "Operations manager", "grace@example.co.zm",
                   "+260 211 250000", "Sample Water and Sewerage", "Lusaka, Zambia", "Lusaka",
                   "solar energy and disaster preparedness", "sewage sludge, drinking water",
                   "Germany, Europe"),
    "fr": Newcomer("fr", "Awa", "Awa Diop", "Secrétaire municipale", "awa.diop@example.sn",
                   "+221 33 823 00 00", "Commune d'exemple", "Dakar, Sénégal", "Dakar",
                   "énergie solaire et gestion des catastrophes", "boues d'épuration, eau potable",
                   "Allemagne, Europe"),
    "es": Newcomer("es", "Rosa", "Rosa Quispe", "Gerente de ambiente", "rosa@example.pe",
                   "+51 76 362 000", "Municipalidad de ejemplo", "Lima, Perú", "Lima",
                   "energía solar y gestión de desastres", "lodos de depuradora, agua potable",
                   "Alemania, Europa"),
    "pt": Newcomer("pt", "Marta", "Marta Sousa", "Diretora de saneamento", "marta@example.com.br",
                   "+55 11 3388 0000", "Companhia de saneamento exemplo", "São Paulo, Brasil",
                   "São Paulo", "energia solar e gestão de desastres",
                   "lodo de esgoto, água potável", "Alemanha, Europa"),
    "uk": Newcomer("uk", "Оксана", "Оксана Бойко", "Головна інженерка", "oksana@example.ua",
                   "+380 32 297 5000", "Приклад-водоканал", "Львів, Україна", "Lviv",
                   "сонячна енергія, цивільний захист", "осад стічних вод, питна вода",
                   "Німеччина, Європа"),
    "ar": Newcomer("ar", "ليلى", "ليلى حداد", "مديرة التشغيل", "layla@example.jo",
                   "+962 6 565 0000", "شركة مياه نموذجية", "عمّان، الأردن", "Amman",
                   "الطاقة الشمسية، إدارة الكوارث", "حمأة الصرف الصحي، مياه الشرب",
                   "ألمانيا، أوروبا"),
}  # fmt: skip


def newcomer(chat: Chat) -> Newcomer:
    """Who somebody is, with an organisation that nobody else in the test has."""
    who = NEWCOMERS[chat.language]
    return replace(who, organisation=f"{who.organisation} {chat.person % 100_000}")


async def agree(chat: Chat) -> None:
    """Say hello and agree to be stored."""
    await chat.say("/start")
    await chat.expect("welcome")
    await chat.tap("button-consent")
    await chat.expect("question-name")


async def introduce_oneself(chat: Chat, who: Newcomer) -> None:
    """The person's own questions."""
    await chat.say(who.name)
    await chat.expect("question-function")
    await chat.say(who.function)
    await chat.expect("question-contact")
    await chat.say(f"{who.email}, {who.phone}")
    question = await chat.expect("question-shares")
    for detail in ("detail-name", "detail-email", "detail-phone"):
        await chat.tap(detail, question)
    await chat.tap("button-done", question)
    await chat.expect("question-organisation")


async def choose_understood(chat: Chat, question: str, words: str) -> None:
    """Say it in free words, choose what was understood but not certain, and confirm."""
    await chat.expect(question)
    await chat.say(words)
    window = await chat.expect("please-confirm", question)
    if chat.words("button-done") not in buttons(window):
        await chat.tap_text(buttons(window)[0], window)
    await chat.tap("button-done")


async def describe_organisation(chat: Chat, who: Newcomer) -> None:
    """The organisation's questions."""
    await chat.say(who.organisation)
    await chat.expect("question-kind")
    await chat.tap("kind-utility")
    window = await chat.expect("question-sectors")
    await chat.tap("sector-water_supply", window)
    await chat.tap("button-done")
    await chat.expect("question-place")
    await chat.say(who.place)
    window = await chat.expect("please-confirm", "question-place")
    await chat.tap_text(next(one for one in buttons(window) if who.place_button in one), window)
    await choose_understood(chat, "question-offers", who.offers)
    await choose_understood(chat, "question-seeks", who.seeks)
    window = await chat.expect("question-languages")
    await chat.tap_text(language_button(chat, "en"), window)
    await chat.tap("button-done")
    await choose_understood(chat, "question-regions", who.regions)
    await chat.expect("answer-stored", "profile-next-publish")


def language_button(chat: Chat, code: str) -> str:
    """A language's name on a button in the person's own language."""
    from locales.speech import speech

    return speech(chat.language).language_name(code)


async def publish(chat: Chat) -> None:
    """Make the profile visible."""
    await chat.tap("button-publish")
    await chat.expect("profile-now-published")


async def whole_profile(chat: Chat) -> None:
    """From the first word to a visible profile."""
    who = newcomer(chat)
    await agree(chat)
    await introduce_oneself(chat, who)
    await describe_organisation(chat, who)
    await publish(chat)
