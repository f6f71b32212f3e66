"""A deed that may not, or cannot, be done: always one clear sentence."""

from typing import Any

from offramp.rules.message import Message, say


class Refused(Exception):
    """Base of every refusal. Carries the sentence a person is shown; pages turn it into a page or fragment.

    `status` is the HTTP status that fits: 409 when the world has changed, 403 when it is not their duty,
    404 when it is not theirs to see (a stranger learns nothing), 400 when what was sent makes no sense.
    """

    status = 409

    def __init__(self, message: Message | str, **params: Any) -> None:
        self.message = say(message, **params) if isinstance(message, str) else message
        super().__init__(str(self.message))


class NotFound(Refused):
    """It is not there, or not theirs to see. The two are never told apart."""

    status = 404

    def __init__(self, message: Message | str = "We could not find that, or it is not shared with you.", **params: Any) -> None:
        super().__init__(message, **params)


class BadInput(Refused):
    """What was sent makes no sense: what, where, what to do."""

    status = 400
