"""Pana: a discreet helpline in a chat, in Kazakh, Russian and English."""
