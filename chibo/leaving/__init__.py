"""One cell's record as an archive that is readable without this program, and back onto an empty server."""
