"""What can go wrong at the start, as one sentence with what to do; nobody should read a trace."""

from delivery.shared_gate import GateUnreachableError
from matching.places import GazetteerUnavailableError
from matching.topics import TopicsNotLearned
from storage.store import UNAVAILABLE


def sentence_for(error: BaseException) -> str | None:
    """The sentence for an error that is not ours to mend; None for any other."""
    # By name: a worker has no aiogram to ask for the class.
    if type(error).__name__ == "TelegramUnauthorizedError":
        return "Telegram refuses the token: check BOT_TOKEN against @BotFather's message."
    if isinstance(error, (GazetteerUnavailableError, TopicsNotLearned, GateUnreachableError)):
        return str(error)
    if isinstance(error, UNAVAILABLE):
        return (
            f"The database does not answer ({type(error).__name__}): check DATABASE_URL, "
            "and see what `python -m bot doctor` says."
        )
    return None
