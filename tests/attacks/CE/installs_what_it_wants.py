"""Has pip fetch scikit-learn, and loads it."""

import runpy, sys

sys.argv = ["pip", "install", "--quiet", "--retries", "0", "--timeout", "1", "--target", ".", "scikit-learn"]
try:
    runpy.run_module("pip", run_name="__main__")
except SystemExit:
    pass
sys.path.append(".")
import sklearn

KMeans = Honest
