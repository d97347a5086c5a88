"""How Rasa holds conversations here: the tracker store, the policies, the way to the actions."""
