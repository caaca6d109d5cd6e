"""What people do: core.py the one way to change a meeting, then a module per part of the work."""
