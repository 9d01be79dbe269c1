"""Measurements, run by `make bench`. They print figures; only `make test` fails a build."""
