"""Benchmarks: ours beside a peer, in one run, with medians. Run them with `make bench`."""
