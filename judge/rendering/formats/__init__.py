"""The formats of `judge.rendering.outputs`, one module each with `document(run) -> str`."""
