"""Adam and AdamW. Fill in the class."""

import numpy as np


class Adam:
    """Steps by running averages of gradients and of their squares."""

    def __init__(
        self,
        parameters,
        learning_rate=1e-3,
        betas=(0.9, 0.999),
        eps=1e-8,
        weight_decay=0.0,
        decoupled=True,
        amsgrad=False,
    ):
        self.parameters_ = np.array(parameters, dtype=float)

    def step(self, gradient):
        """Make one step for a gradient of the shape of the parameters, and return the new parameters."""
        raise NotImplementedError
