"""What Telegram refuses, in Telegram's own words and codes."""

from typing import Any


class Refusal(Exception):
    """A call answered with ok=false. `parameters` are Telegram's ResponseParameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None):
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def answer(self) -> dict[str, Any]:
        """The JSON body that Telegram would send."""
        body: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def too_many_requests(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def unauthorized() -> Refusal:
    return Refusal(401, "Unauthorized")


def unknown_method() -> Refusal:
    return Refusal(404, "Not Found")


def blocked() -> Refusal:
    return Refusal(403, "Forbidden: bot was blocked by the user")


def removed() -> Refusal:
    return Refusal(403, "Forbidden: bot was kicked from the supergroup chat")


def never_spoke() -> Refusal:
    return Refusal(403, "Forbidden: bot can't initiate conversation with a user")


def chat_not_found() -> Refusal:
    return bad_request("chat not found")


def not_modified() -> Refusal:
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


def query_too_old() -> Refusal:
    return bad_request("query is too old and response timeout expired or query ID is invalid")


def webhook_is_set() -> Refusal:
    return Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first",
    )


def other_poll() -> Refusal:
    return Refusal(
        409,
        "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    )


def terminated_by_webhook() -> Refusal:
    return Refusal(409, "Conflict: terminated by setWebhook request")


class ControlError(Exception):
    """A control call that cannot be done, with one clear sentence and an HTTP status."""

    def __init__(self, status: int, sentence: str):
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def no_such_person(person_id: int) -> ControlError:
    return ControlError(404, f"There is no person {person_id}.")
