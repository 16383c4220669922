"""How much one process of the API can hold and deliver; ``python -m benchmarks.load``."""
