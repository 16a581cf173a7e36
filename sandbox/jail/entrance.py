"""The way into an enclosure: gives up what could still hurt, then becomes the program that it is for.

Its first argument is JSON (see `sandbox.enclosure`); the rest are the program's own.
"""

import json
import os
import resource
import runpy
import sys

from sandbox.jail import kernel


def main() -> None:
    """Shut this process in and run a module in it."""
    config = json.loads(sys.argv[1])
    if config["user"] is None:
        # bwrap gives who is not root a user namespace inside the one that its mounts belong to.
        kernel.own_mounts()
    # bwrap's own folder has a size, and no number of files.
    kernel.mount("tmpfs", config["scratch"], f"mode=1777,size={config['disk_mib']}m,nr_inodes={config['files']}")
    os.chdir(config["scratch"])
    if config["user"] is not None:
        os.setgroups([])
        os.setresgid(*(config["user"],) * 3)
        os.setresuid(*(config["user"],) * 3)
    for name, value in config["rlimits"].items():
        resource.setrlimit(getattr(resource, name), (value, value))
    kernel.drop_capabilities()
    kernel.install_filter(kernel.read_filter(config["filters"], "grader"))
    sys.argv[:2] = [config["module"]]
    runpy.run_module(config["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
