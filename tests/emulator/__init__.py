"""Tests of the emulated Telegram, and of the bot on it."""
