"""An emulated Telegram Bot API: behaves as the real one does, on this machine alone, for the demo and for tests."""

from .app import create_app
from .world import World

__all__ = ["World", "create_app"]
