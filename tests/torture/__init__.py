"""Long runs that try to break the bot with updates that nobody should ever send; `make torture`."""
