"""The page that takes reports: what it shows of them comes from the API's /uploads."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.site.page import Pages
from extract.readers.kinds import PICTURE_SUFFIXES, REPORT_SUFFIXES

router = APIRouter(include_in_schema=False)
#: What is asked for first; pictures need the extra that reads scans.
_FORMATS = (".docx", ".doc", ".wps", ".pdf", ".txt", ".md", ".html", ".mht", ".xlsx", ".xls", ".ods", ".csv",
            ".zip")


@router.get("/browse/upload")
def upload(page: Pages) -> HTMLResponse:
    """A place to drop files on, and how far each has come."""
    others = sorted(REPORT_SUFFIXES - PICTURE_SUFFIXES - set(_FORMATS))
    words = page.words["upload"]
    return page("upload.html", title=words["title"], formats=_FORMATS, others=others,
                accepted=",".join(sorted(REPORT_SUFFIXES)))
