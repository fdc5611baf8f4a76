"""The page on which people check and correct: its addresses and what each answers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pipeline.catalog import WorkFilter, local_time
from pipeline.checking.archive import CheckedArchive
from pipeline.checking.entries import DocumentView, Entry
from pipeline.checking.forms import statements_of
from pipeline.checking.grammar import shown_form
from pipeline.checking.guard import Guard, new_token, read_form
from pipeline.checking.view import document_view
from pipeline.errors import CorrectionError, FileError, InvalidValueError, LockedError, SarabanError
from pipeline.model import Box
from pipeline.printable import printable
from pipeline.words import word

_FILE = re.compile(r"[0-9a-f]{64}")
_CODE = re.compile(r"[a-z_]{1,40}")

_IMAGE_HEADERS = {"Cache-Control": "private, max-age=60"}

_LOCKED = "ขณะนี้โปรแกรมกำลังอ่านเอกสารเข้าคลังนี้อยู่ จึงยังบันทึกไม่ได้ โปรดรอสักครู่แล้วกดอีกครั้ง"
_GONE = "ไม่ได้บันทึก: ไม่พบสิ่งที่จะแก้ไข หรือเอกสารถูกอ่านใหม่หลังจากเปิดหน้านี้ โปรดดูค่าที่แสดงอีกครั้ง"
_STORAGE = "บันทึกหรืออ่านคลังไม่ได้: {}"
_STATUS = {
    400: "คำขอไม่ถูกต้อง",
    403: "แบบฟอร์มนี้ไม่ได้มาจากหน้าตรวจที่เปิดอยู่ หรือโปรแกรมถูกเปิดใหม่แล้ว โปรดโหลดหน้าใหม่",
    404: "ไม่พบหน้านี้",
    405: "ใช้ที่อยู่นี้เช่นนี้ไม่ได้",
    413: "ข้อความยาวเกินไป",
}


def make_app(archive: CheckedArchive, port: int) -> Starlette:
    """The application that shows ``archive`` to those who name it as 127.0.0.1 or localhost at ``port``."""
    pages = _Pages(archive)
    routes = [
        Route("/", pages.work_list),
        Route("/documents/{document_id}", pages.document),
        Route("/documents/{document_id}/corrections", pages.correct, methods=["POST"]),
        Route("/documents/{document_id}/withdrawals", pages.withdraw, methods=["POST"]),
        Route("/withdrawals", pages.withdraw_unplaced, methods=["POST"]),
        Route("/publication", pages.publish, methods=["POST"]),
        Route("/pages/{file_sha256}/{number:int}", pages.picture),
        Route("/favicon.ico", pages.no_icon),
        Route("/check.css", pages.asset("check.css", "text/css")),
        Route("/check.js", pages.asset("check.js", "text/javascript")),
    ]
    handlers: Mapping[Any, Any] = {HTTPException: pages.failure, SarabanError: pages.trouble}
    return Starlette(routes=routes, middleware=[Middleware(Guard, port=port)], exception_handlers=handlers)


class _Pages:
    """The answers. What is typed or sent never becomes part of a path."""

    def __init__(self, archive: CheckedArchive) -> None:
        self._archive = archive
        self._token = new_token()
        environment = Environment(
            loader=PackageLoader("pipeline.checking"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["word"] = lambda term, group: word(group, term)
        environment.filters["local_time"] = lambda text: local_time(datetime.fromisoformat(text))
        environment.filters["shown"] = lambda value, field: shown_form(field, value)
        self._templates = environment

    # ------------------------------------------------------------------ looking

    def work_list(self, request: Request) -> Response:
        chosen = _filter(request.query_params)
        published = self._archive.is_published
        return self._page(
            "list.html", published=published, work=self._archive.catalog.work_list(chosen), chosen=chosen
        )

    def document(self, request: Request) -> Response:
        return self._document(request.path_params["document_id"], request.query_params)

    def _document(
        self,
        document_id: str,
        asked: Mapping[str, str],
        message: str = "",
        status: int = 200,
        typed: str = "",
    ) -> Response:
        view = document_view(self._archive.catalog, document_id)
        if view is None:
            raise HTTPException(404)
        chosen = _filter(asked)
        entry = _chosen_entry(view, asked.get("at"))
        number = _page_number(view, asked.get("page"), entry)
        document = view.record.document
        file_sha256 = document["file_sha256"]
        return self._page(
            "document.html",
            status,
            view=view,
            at=entry,
            pages=self._archive.scans.pages(file_sha256, document["first_page"], document["last_page"]),
            number=number,
            at_hand=self._archive.scans.is_at_hand(file_sha256),
            chosen=chosen,
            context=_context(chosen),
            around=_neighbours(self._archive.catalog.work_order(chosen), document_id),
            message=message,
            typed=typed,
            published=self._archive.is_published,
        )

    def picture(self, request: Request) -> Response:
        file_sha256 = request.path_params["file_sha256"]
        number = request.path_params["number"]
        if not _FILE.fullmatch(file_sha256):
            raise HTTPException(404)
        asked = request.query_params.get("box")
        try:
            if asked is None:
                picture = self._archive.scans.picture(file_sha256, number)
            else:
                picture = self._archive.scans.crop(file_sha256, number, _box(asked))
        except FileError as error:
            raise HTTPException(404) from error
        return Response(picture, media_type="image/jpeg", headers=_IMAGE_HEADERS)

    def asset(self, name: str, media_type: str) -> Any:
        """An endpoint for a file that is part of the page."""
        content = (resources.files("pipeline.checking") / "static" / name).read_bytes()

        def answer(request: Request) -> Response:
            return Response(content, media_type=media_type)

        return answer

    def no_icon(self, request: Request) -> Response:
        """What browsers ask for unasked."""
        return Response(status_code=204)

    # ------------------------------------------------------------------ saying

    async def correct(self, request: Request) -> Response:
        form = await read_form(request, self._token)
        return await run_in_threadpool(self._correct, request.path_params["document_id"], form)

    def _correct(self, document_id: str, form: Mapping[str, str]) -> Response:
        view = document_view(self._archive.catalog, document_id)
        if view is None:
            raise HTTPException(404)
        try:
            self._archive.correct(document_id, statements_of(view, form), form.get("reading", ""))
        except InvalidValueError as error:
            return self._document(document_id, form, str(error), 422, form.get("value", ""))
        except LockedError:
            return self._document(document_id, form, _LOCKED, 423, form.get("value", ""))
        except CorrectionError:
            return self._document(document_id, form, _GONE, 409)
        return self._on(document_id, form, _next_doubtful(self._archive, document_id, form.get("at")))

    async def withdraw(self, request: Request) -> Response:
        form = await read_form(request, self._token)
        return await run_in_threadpool(self._withdraw, request.path_params["document_id"], form)

    def _withdraw(self, document_id: str, form: Mapping[str, str]) -> Response:
        try:
            self._archive.withdraw(_correction_id(form))
        except LockedError:
            return self._document(document_id, form, _LOCKED, 423)
        except CorrectionError:
            return self._document(document_id, form, _GONE, 409)
        return self._on(document_id, form, form.get("at"))

    async def withdraw_unplaced(self, request: Request) -> Response:
        """Of a correction without a document, from the work list."""
        form = await read_form(request, self._token)
        await run_in_threadpool(self._archive.withdraw, _correction_id(form))
        return RedirectResponse("/", 303)

    async def publish(self, request: Request) -> Response:
        await read_form(request, self._token)
        await run_in_threadpool(self._archive.publish)
        return RedirectResponse("/", 303)

    def _on(self, document_id: str, form: Mapping[str, str], at: str | None) -> Response:
        query = {**_context(_filter(form)), **({"at": at} if at else {})}
        return RedirectResponse(f"/documents/{document_id}?{urlencode(query)}", 303)

    # ------------------------------------------------------------------ answering

    def _page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        text = self._templates.get_template(template).render(token=self._token, **values)
        return HTMLResponse(text, status)

    def failure(self, request: Request, error: HTTPException) -> Response:
        said = _STATUS.get(error.status_code, "ทำตามคำขอไม่ได้")
        return self._page("failure.html", error.status_code, message=said)

    def trouble(self, request: Request, error: SarabanError) -> Response:
        if isinstance(error, LockedError):
            return self._page("failure.html", 423, message=_LOCKED)
        if isinstance(error, CorrectionError):
            return self._page("failure.html", 409, message=_GONE)
        return self._page("failure.html", 500, message=_STORAGE.format(printable(error)))


# ---------------------------------------------------------------------- what was asked for


def _filter(asked: Mapping[str, str]) -> WorkFilter:
    file_sha256, code = asked.get("file", ""), asked.get("code", "")
    return WorkFilter(
        file_sha256 if _FILE.fullmatch(file_sha256) else None, code if _CODE.fullmatch(code) else None
    )


def _correction_id(form: Mapping[str, str]) -> int:
    number = form.get("correction_id", "")
    if not re.fullmatch(r"[0-9]{1,18}", number):
        raise CorrectionError(f"{number!r} is no correction")
    return int(number)


def _context(chosen: WorkFilter) -> dict[str, str]:
    """The filter as fields of an address, carried from page to page."""
    fields = {"file": chosen.file_sha256, "code": chosen.code}
    return {name: value for name, value in fields.items() if value is not None}


def _box(asked: str) -> Box:
    try:
        edges = [float(edge) for edge in asked.split(",", 4)]
        if len(edges) == 4 and all(math.isfinite(edge) and abs(edge) < 1e6 for edge in edges):
            return Box(*edges)
    except ValueError:
        pass
    raise HTTPException(404)


def _chosen_entry(view: DocumentView, key: str | None) -> Entry | None:
    """The entry of that key, else the first doubtful one, else the first."""
    doubtful = [entry for entry in view.entries if entry.doubtful]
    named = [entry for entry in view.entries if entry.key == key]
    return next(iter((*named, *doubtful, *view.entries)), None)


def _page_number(view: DocumentView, asked: str | None, entry: Entry | None) -> int:
    first, last = view.record.document["first_page"], view.record.document["last_page"]
    if asked is not None and re.fullmatch(r"[0-9]{1,6}", asked) and first <= int(asked) <= last:
        return int(asked)
    return int(entry.page) if entry is not None and entry.page else int(first)


def _neighbours(order: tuple[str, ...], document_id: str) -> dict[str, str | int | None]:
    """The documents before and after this one in the work list; the worst of all after one that is done."""
    if document_id not in order:
        return {"before": None, "after": order[0] if order else None, "place": None, "left": len(order)}
    place = order.index(document_id)
    return {
        "before": order[place - 1] if place else None,
        "after": order[place + 1] if place + 1 < len(order) else None,
        "place": place + 1,
        "left": len(order),
    }


def _next_doubtful(archive: CheckedArchive, document_id: str, at: str | None) -> str | None:
    """The first doubtful entry after ``at`` as the document is now, else the first of all."""
    view = document_view(archive.catalog, document_id)
    entries = view.entries if view else ()
    place = next((place for place, entry in enumerate(entries) if entry.key == at), -1)
    following = (*entries[place + 1 :], *entries[: place + 1])
    return next((entry.key for entry in following if entry.doubtful), at)
