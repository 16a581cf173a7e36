"""What every request passes before the routes: the name it asks for, its size, and headers that protect readers."""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.documents import problem_document

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

_DIGITS = 20


class Door:
    """Refuses what no route should have to look at, and adds headers to all that is answered.

    That is requests for other hosts' names, which a browser sends when a page
    has rebound its own, and bodies that are too large, counted while they come.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], body_cap: int) -> None:
        """Stand before `app`, which is reached under these names; `*` among them is any. The cap is in bytes."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._body_cap = body_cap

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None:
            await self._app(scope, self._counted(receive), send_with_headers)
        else:
            await refusal(scope, receive, send_with_headers)

    def _refusal(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        if not self._is_ours(headers.get("host", "")):
            return problem_document(Request(scope), 400, "this service has another name; see JUDGE_HOSTS")
        length = headers.get("content-length", "0")
        if length.isascii() and length.isdigit() and self._is_too_large(int(length[:_DIGITS])):
            return problem_document(Request(scope), 413, self._too_large())
        return None

    def _counted(self, receive: Receive) -> Receive:
        """Return a `receive` that raises HTTPException (413) when more comes than a body may have."""
        total = 0

        async def receive_counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if self._is_too_large(total):
                raise HTTPException(413, self._too_large())
            return message

        return receive_counted

    def _is_too_large(self, size: int) -> bool:
        return size > self._body_cap

    def _too_large(self) -> str:
        return f"a body has at most {self._body_cap >> 10} KiB here"

    def _is_ours(self, host: str) -> bool:
        name, bracket, _ = host.partition("]")
        bare = f"{name}]" if bracket else host.partition(":")[0]
        return "*" in self._hosts or bare.lower() in self._hosts
