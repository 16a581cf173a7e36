"""The programs that run inside a jail: the process that starts runs, the runs, and the zygote that forks sessions.

    zygote (warm only) ──fork──> init (one a session, never loads a source) ──fork──> run (hostile from then on)

Nothing here is imported by the processes outside; they mount these files, start
`main.py` and talk to it in JSON messages.
"""
