"""Measurements, printed and never asserted: how quick the bot is beside bare python-telegram-bot, in the same run."""
