"""Fits in a coroutine, with an executor and a queue."""

import asyncio, contextvars

depth = contextvars.ContextVar("depth", default=0)


class KMeans(Honest):
    def fit(self, X):
        asyncio.run(self.fit_soon(X))
        return self

    async def fit_soon(self, X):
        depth.set(depth.get() + 1)
        queue = asyncio.Queue()
        await queue.put(X)
        await asyncio.sleep(0)
        await asyncio.to_thread(super().fit, await queue.get())
