"""Django's SQLite, and a line before its one writer (docs/decisions/0059)."""
