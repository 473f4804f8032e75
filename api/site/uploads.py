"""The page that takes reports: what it shows of them comes from the API's /uploads."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.site.page import Pages
from extract.readers.kinds import REPORT_SUFFIXES

router = APIRouter(include_in_schema=False)


@router.get("/browse/upload")
def upload(page: Pages) -> HTMLResponse:
    """A place to drop files on, and how far each has come."""
    accepted = ",".join(sorted(REPORT_SUFFIXES))
    return page("upload.html", title=page.words["upload"]["title"], accepted=accepted)
