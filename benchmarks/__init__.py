"""What a page and a paper cost, beside the bare minimum: `python -m benchmarks` prints ratios."""
