"""What the helpline does with each input: decide, keep, then answer."""
