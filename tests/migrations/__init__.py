"""Every migration, there and back."""
