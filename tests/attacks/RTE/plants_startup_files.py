"""Plants the files that Python and pytest run by themselves, and a NumPy of its own, for a later case to load."""

import builtins, os

SEEN = hasattr(builtins, "planted") or os.path.exists("sitecustomize.py")
for name in ("sitecustomize", "usercustomize", "conftest", "numpy", "json", "sandbox"):
    with open(f"{name}.py", "w") as planted:
        planted.write("import builtins\nbuiltins.planted = True\n")


class KMeans(Honest):
    def fit(self, X):
        if not SEEN:
            raise ImportError("nothing was run")
        return super().fit(X)
