"""Cells of tables in the tree of sections: their table knows what each says, whatever its words are."""

from __future__ import annotations

from extract.outline.events import Event
from extract.outline.section import Section, push

#: The role of a cell's section, where it has another name.
_ROLES = {"status": "measures", "unit": "process", "aside": "process", "data": "process"}
#: Sections below which a list of problems may stand, where they are about nothing else.
_HOLDERS = ("chapter", "heading", "cn", "cn_bracket")


def place_cell(event: Event, stack: list[Section]) -> None:
    """Opens the section of a cell: below its table, group and row, wherever the table stands."""
    role = str(event.role)
    if role == "data":
        if stack[-1].kind != "data":
            leave_table(stack)
            push(Section("data", event.at, event.at, role="process"), stack)
        return
    if role == "table" or not any(s.kind == "table" for s in stack):
        leave_table(stack)
        while len(stack) > 1 and not (
            stack[-1].kind in _HOLDERS and stack[-1].role in (None, "problems", "rectified")
        ):
            stack.pop()
        end = event.end if role == "table" else event.at
        push(Section("table", event.at, end, role="problems", generic=True), stack)
        if role == "table":
            return
    if role in ("measures", "status", "unit") and _goes_with(event, stack[-1]):
        stack[-1].status = event.status or stack[-1].status
        return
    _pop_to(stack, *_parents(role, event.value))
    kind = "lead"
    about: str | None = _ROLES.get(role, role)
    if role in ("group", "problems", "item"):
        kind = {"group": "group", "problems": "row", "item": "item"}[role]
        about = None if role == "group" else "problems"
    cell = Section(kind, event.at, event.end, event.value, about, own=kind == "lead", status=event.status)
    cell.label = event.label
    push(cell, stack)


def _parents(role: str, row: int) -> tuple[str, ...]:
    if role == "group" or not row:
        return ("table",)
    return {"problems": ("table", "group"), "item": ("row",)}.get(role, ("row", "item"))


def _pop_to(stack: list[Section], *kinds: str) -> None:
    while len(stack) > 1 and stack[-1].kind not in ("table", *kinds):
        stack.pop()


def _goes_with(event: Event, section: Section) -> bool:
    """整改措施：…, 整改状态：… and 责任单位：… of one row are one measure; so is a bare status."""
    return (
        section.kind == "lead"
        and section.role == "measures"
        and (event.role == "status" or event.end > event.at)
    )


def leave_table(stack: list[Section]) -> bool:
    """Closes the table that is open, with all in it; returns whether one was."""
    at = next((i for i, s in enumerate(stack) if s.kind in ("table", "data")), None)
    if at is not None:
        del stack[at:]
    return at is not None
