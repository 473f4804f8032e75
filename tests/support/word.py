"""Word files to try the reader on, written part by part as no program would."""

from __future__ import annotations

import zipfile
from pathlib import Path

KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{KINDS}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)


def p(*runs: str) -> str:
    """A paragraph of runs; plain text becomes one."""
    return "<w:p>" + "".join(run if run.startswith("<") else r(run) for run in runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def relations(*said: tuple[str, str, str]) -> str:
    """(id, kind, target) each; a target with :// is external."""
    mode = {True: ' TargetMode="External"', False: ""}
    inner = "".join(
        f'<Relationship Id="{i}" Type="{KINDS}/{kind}" Target="{target}"{mode["://" in target]}/>'
        for i, kind, target in said
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def document(body: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMES}><w:body>{body}</w:body></w:document>'


def write_word(
    path: Path,
    body: str,
    *related: tuple[str, str, str],
    parts: dict[str, str | bytes] | None = None,
    main: str = "word/document.xml",
    kind: str = "document.main",
) -> Path:
    """A package with this body; `related`: (id, kind, target) of the document's relationships; `parts` by name."""
    content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"
    folder, _, file = main.rpartition("/")
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/{main}" ContentType="{content}"/></Types>',
        )
        package.writestr("_rels/.rels", relations(("rId1", "officeDocument", main)))
        package.writestr(f"{folder}/_rels/{file}.rels", relations(*related))
        for name, inner in ({main: document(body)} | (parts or {})).items():
            package.writestr(name, inner)
    return path
