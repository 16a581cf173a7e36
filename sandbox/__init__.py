"""Runs untrusted source under limits and answers calls; knows nothing of problems or verdicts."""
