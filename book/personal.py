"""What the book holds about somebody: nothing but digests of what others declare."""
