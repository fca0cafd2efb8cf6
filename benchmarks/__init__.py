"""What the README claims, as commands anyone can run: `python -m benchmarks.<name>`."""
