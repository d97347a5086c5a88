"""Pictures of the graph of roles: what they are called, what they show, how they are drawn."""
