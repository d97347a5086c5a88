"""What several test folders use: the knowledge base, the trained pipeline, conversations."""
