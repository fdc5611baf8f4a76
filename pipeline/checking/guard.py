"""What keeps other pages and other machines out: the Host header, a token in every form, strict headers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOST = "127.0.0.1"

_LONGEST_FORM = 64_000
"""Bytes; the longest value is a tenth of it even if every character takes nine."""

_MOST_FIELDS = 20

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """Lets only requests through that name this server as their host, as no page of another site can make
    them (DNS rebinding), and gives every answer the headers that forbid foreign content."""

    def __init__(self, app: ASGIApp, port: int) -> None:
        self._app = app
        self._hosts = {f"{HOST}:{port}", f"localhost:{port}"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        named = Headers(scope=scope).getlist("host")
        if len(named) != 1 or named[0] not in self._hosts:
            refusal = PlainTextResponse("this server answers to its own address only", 421)
            await refusal(scope, receive, _with_headers(send))
            return
        await self._app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


def new_token() -> str:
    """A secret that forms of this server carry and that other sites cannot know."""
    return secrets.token_urlsafe(32)


async def read_form(request: Request, token: str) -> Mapping[str, str]:
    """The fields of a form that this server handed out, the last of each name.

    Raises :class:`HTTPException`: 403 without the token or from another origin, 413 where it is too long,
    400 where it is no form.
    """
    origin = request.headers.get("origin")
    if origin is not None and origin != f"http://{request.headers['host']}":
        raise HTTPException(403)
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_FORM:
            raise HTTPException(413)
    try:
        parsed = parse_qs(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise HTTPException(400) from error
    fields = {name: values[-1] for name, values in parsed.items()}
    if not secrets.compare_digest(fields.get("token", "").encode(), token.encode()):
        raise HTTPException(403)
    return fields
