"""Which addresses Telegram lets a button open.

Source of the rules and of the wording: `LinkManager::check_link_impl` and `parse_url` in TDLib. `tel:` is not among
them, and neither is a host without a dot, such as localhost.
"""

import re

from .refusals import Refusal, bad_request

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_TELEGRAM = re.compile(r"(tg|ton|tonsite):(?://)?([^/?#]*)(.*)", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"([^/?#]*)(.*)", re.DOTALL)
_LABEL = re.compile(r"[A-Za-z0-9_-]*")


def check_link(link: str) -> str:
    """The address as Telegram stores it.

    Raises Refusal (400) naming the address and the reason.
    """
    telegram = _TELEGRAM.fullmatch(link)
    if telegram:
        scheme, host, rest = telegram.groups()
        if not (_LABEL.fullmatch(host) or scheme.lower() == "tonsite"):
            raise _refused(link, "Unallowed characters in URL host")
        return f"{scheme.lower()}://{host}{rest}"
    scheme, rest = "http", link
    explicit = _SCHEME.match(link)
    if explicit:
        scheme, rest = explicit.group(1).lower(), link[explicit.end() :]
        if scheme not in {"http", "https"}:
            raise _refused(link, "Unsupported URL protocol")
    authority, path = _split(link, rest, explicit is not None)
    if not path.startswith("/"):
        path = "/" + path
    return f"{scheme}://{authority}{path}"


def _split(link: str, rest: str, has_scheme: bool) -> tuple[str, str]:
    match = _AUTHORITY.fullmatch(rest)
    authority, path = match.groups() if match else ("", "")
    if "@" in authority and not has_scheme:
        # TDLib would read "mailto:me@example.org" as a host with a user name; nobody means that.
        raise _refused(link, "Unsupported URL protocol")
    host = authority.rpartition("@")[2]
    is_ipv6 = host.startswith("[") and "]" in host
    if ":" in host.rpartition("]")[2]:
        host, _, port = host.rpartition(":")
        if not (port.isascii() and port.isdigit() and 0 < int(port[:6]) < 65536):
            raise _refused(link, "Wrong port number specified in the URL")
    if not host:
        raise _refused(link, "URL host is empty")
    if any(ord(letter) <= 32 for letter in authority):
        raise _refused(link, "Unallowed characters in URL host")
    if "." not in host and not is_ipv6:
        raise _refused(link, "Wrong HTTP URL")
    return authority, path


def _refused(link: str, reason: str) -> Refusal:
    return bad_request(f"inline keyboard button URL '{link}' is invalid: {reason}")
