"""What can be done now, as buttons."""

from delivery.buttons import Begin, FindPartners, ShowProfile, button
from delivery.message import Keyboard
from delivery.presses_of_joining import ShowExchanges
from delivery.presses_of_partners import ShowIntroductions
from delivery.presses_of_settings import ShowSettings
from locales.speech import Speech


def menu(say: Speech) -> Keyboard:
    """Partners, profile, and going on with what is not answered yet."""
    return (
        (button(say, "button-partners", FindPartners()),),
        (button(say, "button-all-introductions", ShowIntroductions(0)),),
        (button(say, "button-exchanges", ShowExchanges(0, "")),),
        (button(say, "button-profile", ShowProfile()), button(say, "button-go-on", Begin())),
        (button(say, "button-settings", ShowSettings()),),
    )
