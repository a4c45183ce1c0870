"""The proofs that the bot keeps its promises."""
