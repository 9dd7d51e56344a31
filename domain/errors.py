"""Refusals: what a verb says when it will not be done.

A refusal carries the key of its sentence and the values that the sentence names;
handlers turn it into that sentence in the person's language.
"""


class Refusal(Exception):
    """A verb was refused for a reason that the person should read."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotYours(Refusal):
    """The person may not do this; what it concerns is not named."""

    def __init__(self) -> None:
        super().__init__("refusal-not-yours")


class NoLongerOpen(Refusal):
    """What the verb would settle has been settled already."""

    def __init__(self, key: str = "refusal-no-longer-open") -> None:
        super().__init__(key)


class ProfileIncomplete(Refusal):
    """The verb needs a published profile."""

    def __init__(self) -> None:
        super().__init__("refusal-profile-first")
