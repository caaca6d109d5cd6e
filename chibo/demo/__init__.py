"""Demonstration data, built through the actions that people use: an office cell, three meetings, one reviewer."""
