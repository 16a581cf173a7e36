"""Trusted answers: tight solvers in NumPy, one module a family, checked against scikit-learn in the tests."""
