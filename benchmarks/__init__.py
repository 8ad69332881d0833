"""What is measured against what; run by `make bench`."""
