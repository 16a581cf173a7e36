"""What every request passes before the routes: the name it asks for, and headers that protect readers of the answer."""

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.documents import problem_document

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Door:
    """Refuses requests for other hosts' names, which a browser sends when a page has rebound its own; adds headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Stand before `app`, which is reached under these names; `*` among them is any."""
        self._app = app
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if self._is_ours(Headers(scope=scope).get("host", "")):
            await self._app(scope, receive, send_with_headers)
        else:
            refusal = problem_document(Request(scope), 400, "this service has another name; see JUDGE_HOSTS")
            await refusal(scope, receive, send_with_headers)

    def _is_ours(self, host: str) -> bool:
        name, bracket, _ = host.partition("]")
        bare = f"{name}]" if bracket else host.partition(":")[0]
        return "*" in self._hosts or bare.lower() in self._hosts
