"""The Party's guidelines on cell meetings as data, and what they make of one meeting's facts."""
