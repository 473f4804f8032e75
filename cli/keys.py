"""`suyin keys`: who may use the API, and for what."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli.answers import Format, give
from cli.options import AsJson
from cli.terminal import complain, show, show_json

if TYPE_CHECKING:
    from api.access.keys import Key, KeyFile


keys = typer.Typer(rich_markup_mode="rich", help="接口的密钥 · Keys of the API")


class May(StrEnum):
    read = "read"
    research = "research"
    write = "write"
    admin = "admin"


def _key_file() -> KeyFile:
    from api.access.keys import KeyFile
    from graph.places import data_dir

    return KeyFile(data_dir() / "keys.json")


@keys.command("create")
def create_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="谁用 · who holds it")],
    scopes: Annotated[
        list[May] | None,
        typer.Option("--scope", help="权限，可写几个，默认 read · what it may do; several; read"),
    ] = None,
    days: Annotated[
        float | None,
        typer.Option("--days", min=0.01, max=36500, help="几天后失效，默认一年 · days until it expires"),
    ] = 365,
    forever: Annotated[bool, typer.Option("--forever", help="不失效 · it never expires")] = False,
    as_json: AsJson = False,
) -> None:
    """新建密钥；只显示这一次 · Make a key; it is shown this once

    例 Example: suyin keys create 审计处 --scope research --days 90
    """
    key, token = _key_file().create(
        name, [scope.value for scope in scopes or [May.read]], days=None if forever else days
    )
    _hand_over(key, token, f"{', '.join(key.scopes)}; {key.expires or '不失效 never'}", as_json=as_json)


@keys.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """有哪些密钥 · The keys; their secrets are not kept"""
    rows = [key.shown() for key in _key_file().all()]
    columns = ["id", "name", "scopes", "state", "made", "expires", "old_until"]
    give(columns, rows, shown=columns, as_=Format.json if as_json else Format.table, file=None)


@keys.command("rotate")
def rotate_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="名称或编号 · its name or id")],
    grace: Annotated[
        float,
        typer.Option(
            "--grace", min=0, max=8760, help="旧的还能用几小时 · hours that the old secret is still good"
        ),
    ] = 24,
    days: Annotated[
        float | None,
        typer.Option(
            "--days", min=0.01, max=36500, help="几天后失效，默认同旧的 · until it expires; as before"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """换密钥，编号和权限不变；只显示这一次 · A new secret for a key, of the same id and rights

    例 Example: suyin keys rotate 审计处 --grace 72
    """
    key, token = _key_file().rotate(name, grace=timedelta(hours=grace), days=days)
    told = f"{key.expires or '不失效 never'}; 旧的到 the old one until {key.old_until}"
    _hand_over(key, token, told, as_json=as_json)


def _hand_over(key: Key, token: str, told: str, *, as_json: bool) -> None:
    """The secret on its own, for a pipe, and what is told of it beside."""
    if as_json:
        show_json({**key.shown(), "token": token})
    else:
        show(token)
        complain(f"{key.id}: {told}; 只显示这一次，请保存 · shown this once, keep it")


@keys.command("revoke")
def revoke_key(
    key: Annotated[str, typer.Argument(metavar="ID", help="见 keys list · see keys list")],
) -> None:
    """撤销密钥，立即生效 · Revoke a key, at once also where the service runs"""
    revoked = _key_file().revoke(key)
    show(f"{revoked.id} {revoked.name}: 已撤销 revoked")
