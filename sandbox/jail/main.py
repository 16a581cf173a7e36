"""Starts inside a jail: imports what sessions may use, then serves as a session's init or as a zygote.

Its one argument is its configuration, JSON: the descriptor of its control
socket, the folders of its libraries, the modules to import, what it is to be,
and a session's limits (see `sandbox.local`).
"""

import gc
import importlib
import json
import os
import socket
import sys
from typing import Any

Json = Any


def main() -> None:
    """Serve the control socket until it closes."""
    config = json.loads(sys.argv[1])
    _import_random()
    sys.path += [config["distributions"], config["library"]]
    from sandbox.jail import init, relay, zygote

    # `sandbox` must not stay importable: the rest of its folder may be beside it.
    sys.path.remove(config["library"])
    for name in config["preload"]:
        importlib.import_module(name)
    # The collector would otherwise touch, and so copy, every page after a fork.
    gc.collect()
    gc.freeze()
    if config["role"] == "relay":
        relay.serve(config["session"])
        return
    with socket.socket(fileno=config["control"]) as control:
        try:
            if config["role"] == "zygote":
                zygote.serve(control, config["filters"])
            else:
                init.serve(control, config["session"])
        except OSError as error:
            init.send(control, {"failed": str(error)})
            raise


def _import_random() -> None:
    """Import `random` without its hook, which would seed it anew in every fork; runs are seeded when they load."""
    register = os.register_at_fork
    os.register_at_fork = lambda **_: None
    importlib.import_module("random")
    os.register_at_fork = register


if __name__ == "__main__":
    main()
