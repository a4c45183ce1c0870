"""What can be seen with a browser: whether the bot is alive and ready. Nothing about anybody."""
