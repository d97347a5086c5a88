"""Rasa channels."""
