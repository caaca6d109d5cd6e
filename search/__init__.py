"""Found again by words, with or without marks, and only what the reader may see."""
