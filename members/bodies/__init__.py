"""One body of the tree: its name and what its papers say, where it stands, who follows from it, and its end."""
