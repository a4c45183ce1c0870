"""Where the little that we keep is kept: sealed, under keys that live elsewhere and die after two days."""
