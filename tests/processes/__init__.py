"""Sites in several processes, for tests and benchmarks that need more than the process they run in."""
