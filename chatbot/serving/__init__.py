"""Training, loading and running the bot: everything between the command line and Rasa."""
