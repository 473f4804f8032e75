"""GET /reports/{report_id}/download/{form}: one report as a file to keep."""

from __future__ import annotations

import io
import re
import tempfile
import threading
import zipfile
from collections.abc import Callable
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Query, Response

from api.findings import outline, to_sheet
from api.graphs import read_graph
from api.routes.reports import report_graph
from api.stores import Store
from graph.data import GraphData
from graph.exports.graphml import write_graphml
from graph.exports.tables import write_csv
from graph.store import GraphStore
from viz.maps import draw_graph
from viz.pictures import write_map

router = APIRouter(prefix="/reports", tags=["报告 Reports"])


class DownloadForm(StrEnum):
    """What a report can be had as: its map, its problems as one table, its graph."""

    html = "html"
    svg = "svg"
    png = "png"
    pdf = "pdf"
    csv = "csv"
    json = "json"
    tables = "tables"
    graphml = "graphml"


_TYPES = {
    DownloadForm.html: "text/html; charset=utf-8",
    DownloadForm.svg: "image/svg+xml",
    DownloadForm.png: "image/png",
    DownloadForm.pdf: "application/pdf",
    DownloadForm.csv: "text/csv; charset=utf-8",
    DownloadForm.json: "application/json",
    DownloadForm.tables: "application/zip",
    DownloadForm.graphml: "application/graphml+xml",
}
PICTURES = (DownloadForm.svg, DownloadForm.png, DownloadForm.pdf)


def can_draw() -> bool:
    """Is there what drives a browser, so that there are pictures?"""
    return find_spec("playwright") is not None


#: A browser draws them, which takes its memory: one at a time.
_drawing = threading.Lock()


@router.get(
    "/{report_id:id}/download/{form}",
    response_model=None,
    summary="报告存为文件 · A report as a file",
    responses={
        200: {
            "description": "文件 · the file",
            "content": {kind.partition(";")[0]: {} for kind in _TYPES.values()},
        }
    },
)
def download_report(
    report_id: str,
    form: DownloadForm,
    store: Store,
    lang: Annotated[Literal["zh", "en"], Query(description="语言 · language")] = "zh",
) -> Response:
    """关系图 html svg png pdf，问题表 csv，图 json graphml tables · its map, table of problems, or graph.

    svg、png、pdf 要用系统里的浏览器和 playwright；没有就说明缺什么 · need a browser and playwright.
    """
    data = read_graph(store, report_id)
    title = str(data.report.properties["title"])
    body = _made(store, data, form, title, lang)
    name = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", title).strip()[:60] or "report"
    ending = "zip" if form is DownloadForm.tables else form
    return Response(
        body,
        media_type=_TYPES[form],
        headers={
            "Content-Disposition": f'attachment; filename="report.{ending}"; '
            f"filename*=UTF-8''{quote(name, safe='', errors='replace')}.{ending}"
        },
    )


def _made(store: GraphStore, data: GraphData, form: DownloadForm, title: str, lang: str) -> bytes | str:
    match form:
        case DownloadForm.csv:
            return "".join(f"{line}\n" for line in to_sheet(outline(data), lang=lang))
        case DownloadForm.json:
            return report_graph(data.report_id, store).model_dump_json()
        case DownloadForm.graphml:
            return _written("report.graphml", lambda path: write_graphml(store, path, data.report_id))
        case DownloadForm.tables:
            return _zipped(lambda path: write_csv(store, path, data.report_id, excel=True))
    page = draw_graph(data, store.schema, title=title, lang=lang)
    if form is DownloadForm.html:
        return page
    if not _drawing.acquire(blocking=False):
        raise HTTPException(
            429, "正在画另一张图 · another picture is being drawn; try again", {"Retry-After": "5"}
        )
    try:
        return _written(f"map.{form}", lambda path: write_map(path, page))
    finally:
        _drawing.release()


def _written(name: str, write: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory(prefix="suyin-") as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()


def _zipped(write: Callable[[Path], object]) -> bytes:
    """The files that it writes into a folder, in a ZIP archive."""
    archive = io.BytesIO()
    with tempfile.TemporaryDirectory(prefix="suyin-") as folder:
        write(Path(folder))
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for path in sorted(Path(folder).iterdir()):
                file.write(path, path.name)
    return archive.getvalue()
