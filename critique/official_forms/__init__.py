"""The forms of 2025 as data, without Django: what they ask, what was written, and soft words about it."""
