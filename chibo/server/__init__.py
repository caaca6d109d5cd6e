"""The server itself, for whoever runs it: whether it is well, whether its mail arrives, where everything is kept."""
