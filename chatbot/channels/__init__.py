"""Input and output channels, one a file."""
