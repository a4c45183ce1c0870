"""The conversation engine: one input in, one screen out; it knows no Telegram, no database and no clock."""
