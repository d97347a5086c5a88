"""Speed and size of this bot, stock Rasa and the floor, measured side by side in one run."""
