"""The demo: a small Telegram on this machine, and telephones to look at it with."""
