"""How fast, in how much memory: ``make bench`` measures and writes BENCHMARKS.md."""
