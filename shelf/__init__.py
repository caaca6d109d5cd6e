"""The shelf: documents and passages that a cell leans on, each with its exact source; nothing of it is shipped."""
