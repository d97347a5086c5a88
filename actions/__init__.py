"""The custom actions that the action server runs; one a file, glue only."""
