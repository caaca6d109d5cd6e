"""What a page, a save and a paper cost on the wire beside a bare page; `python -m benchmarks` fails on a broken bar."""
