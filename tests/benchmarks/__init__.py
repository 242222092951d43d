"""Benchmarks: figures and ratios of one run, side by side; ``make bench``."""
