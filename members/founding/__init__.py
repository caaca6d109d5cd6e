"""Bodies below a committee: many from one list, with their secretaries and the first slips of these."""
