"""What protects people: consent, requests about their data, what is kept about them and how it ends."""
