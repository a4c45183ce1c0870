"""Looks at a deployment before and while people rely on it, says what is well and how to mend the rest."""
