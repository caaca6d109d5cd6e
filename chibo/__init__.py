"""The project: settings, root addresses, system checks and what every page shares."""
