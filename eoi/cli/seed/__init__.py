"""Believable invented data, the same for the same seed: for demonstrations, for measuring, and for tests."""
