"""How Telegram says no: an error code and a sentence, with the wording of the Bot API server.

Wording: `Client::fail_query_with_error` in tdlib/telegram-bot-api and the sources of TDLib; where neither shows a
text, the name of the server error is used as it is, in capitals.
"""

from .shapes import Json


class Refusal(Exception):
    """A call that Telegram does not perform."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        """`code` is the HTTP status and `error_code`; `retry_after` (seconds) comes with 429 only."""
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    def body(self) -> Json:
        """The JSON object of the answer."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            body["parameters"] = {"retry_after": self.retry_after}
        return body


def bad_request(reason: str) -> Refusal:
    """400, the usual answer to a call that makes no sense."""
    return Refusal(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> Refusal:
    """403: the person does not want it, or never asked for it."""
    return Refusal(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refusal:
    """409: somebody else does the same with this token."""
    return Refusal(409, f"Conflict: {reason}")


def too_many_requests(retry_after: int) -> Refusal:
    """429; `retry_after` in seconds, at least 1."""
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def missing(parameter: str) -> Refusal:
    """400 for a parameter that must be there."""
    return bad_request(f'parameter "{parameter}" is required')


UNAUTHORIZED = (401, "Unauthorized")
NOT_FOUND = (404, "Not Found")
METHOD_NOT_FOUND = (404, "Not Found: method not found")

CHAT_NOT_FOUND = "chat not found"
BLOCKED = "bot was blocked by the user"
NEVER_STARTED = "bot can't initiate conversation with a user"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
TOO_OLD_TO_DELETE = "message can't be deleted for everyone"
OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"
