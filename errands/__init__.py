"""Work that a committee gives to cells, and what each of them says about it."""
