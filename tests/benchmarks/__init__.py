"""Benchmarks, run by ``make bench``: times, counts and their ratios, each with a bar to meet or for information."""
