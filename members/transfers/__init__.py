"""A member goes from one cell to another of the same server."""
