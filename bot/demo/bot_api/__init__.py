"""An emulated Telegram Bot API: behaves as the real one does, on this machine alone, for the demo and for tests.

Not emulated: Markdown (a text in it is refused), webhooks on other machines, files (their names lead nowhere), who is
in a group, and any limit of speed on other calls than those that send messages.
"""

from .app import create_app
from .world import World

__all__ = ["World", "create_app"]
