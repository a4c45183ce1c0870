"""Rules and words, one at a time, without a database or a network."""
