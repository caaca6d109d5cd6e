"""Who did what: events and readings in words, for whoever may know of them."""
