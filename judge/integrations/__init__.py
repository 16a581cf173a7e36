"""The judge inside the tools that people already use; each talks to the `judge` command and reads its JSON."""
