"""Where attached files are kept: in a folder, or in the database (CHIBO_FILES)."""
