"""Benchmarks: how long and how large the stages are, beside floors and peers measured in the same run."""
