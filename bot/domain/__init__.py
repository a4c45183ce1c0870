"""Rules of the helpline, in plain Python: nothing here talks to a network, a disk or a clock."""
