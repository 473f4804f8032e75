"""The settings of the service, from the environment (SUYIN_…). All of them stand here."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import Annotated, Any

from limits import RateLimitItem, parse
from pydantic import BeforeValidator, ByteSize, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.access.scopes import ALL, Scope, expand
from extract.model import SuyinError
from extract.reading import DEFAULT, ReaderName
from graph.places import data_dir


class SettingsError(SuyinError):
    """A variable of the environment that cannot be; names it."""


def _words(value: Any) -> Any:
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _scopes(value: Any) -> Any:
    words = _words(value)
    return {("all",): ALL, ("none",): frozenset()}.get(words, words) if isinstance(words, tuple) else words


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]


class Settings(BaseSettings):
    """`Settings()` is what the environment says; arguments go before it. An empty variable counts as none.

    Lists are parted by commas or blanks; sizes are bytes, or like `200MB`; rates like `600/minute`.
    """

    model_config = SettingsConfigDict(env_prefix="SUYIN_", env_ignore_empty=True, extra="ignore", frozen=True)

    #: The address that is listened on.
    host: str = "127.0.0.1"
    #: The embedded store, the keys, the audit log and the uploads.
    data_dir: Path = Field(default_factory=data_dir)

    #: Scopes of who shows no key: some of them, all or none. Not set: all on loopback, elsewhere none.
    public: Annotated[frozenset[Scope] | None, NoDecode, BeforeValidator(_scopes)] = None
    #: Names under which the service is asked, besides localhost and the address that was connected to.
    hosts: Words = ()
    #: Other sites whose pages may ask (CORS): https://example.org
    origins: Words = ()
    #: Addresses of proxies whose X-Forwarded-For is believed.
    proxies: Words = ()
    #: Requests of one key, or of one address without a key; `none`: any number. Whoever asks a service on
    #: loopback that needs no key is not counted.
    rate: str = "600/minute"
    #: Masks personal names in what is given to those without the scope research.
    mask_names: bool = False
    #: Answers users' Cypher (POST /cypher) to those who hold the scope research.
    cypher: bool = False
    #: Who asked what. Not set: audit.jsonl in the data folder where keys are needed, else nothing; `none`.
    audit: str | None = None

    #: Bytes of a request that is no upload.
    body_size: ByteSize = ByteSize(1_000_000)
    #: Bytes and files of one upload, reports in archives counted; bytes of all that wait or have failed.
    upload_size: ByteSize = ByteSize(200_000_000)
    upload_files: int = Field(200, ge=1)
    upload_room: ByteSize = ByteSize(2_000_000_000)
    #: Uploads that may wait at once.
    upload_queue: int = Field(100, ge=1)
    #: Days after which an upload that has ended is forgotten, with the files that failed.
    upload_days: float = Field(7, gt=0)
    #: Seconds that reading a report may take without a sign of progress, and bytes of memory.
    reading_seconds: float = Field(300, gt=0)
    reading_memory: ByteSize = ByteSize(4_000_000_000)
    reader: ReaderName = DEFAULT

    @field_validator("data_dir")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("rate")
    @classmethod
    def _rate(cls, value: str) -> str:
        if value != "none":
            parse(value)
        return value

    @property
    def on_loopback(self) -> bool:
        """Can only this machine connect, and is it asked under no other name?"""
        return is_loopback(self.host) and not self.hosts

    @property
    def free(self) -> frozenset[Scope]:
        """The scopes of who shows no key."""
        if self.public is not None:
            return expand(self.public)
        return ALL if self.on_loopback else frozenset()

    @property
    def keys_file(self) -> Path:
        return self.data_dir / "keys.json"

    @property
    def audit_file(self) -> Path | None:
        if self.audit:
            return None if self.audit == "none" else Path(self.audit).expanduser()
        return None if self.free == ALL else self.data_dir / "audit.jsonl"

    @property
    def limit(self) -> RateLimitItem | None:
        return None if self.rate == "none" else parse(self.rate)


def load_settings(**given: Any) -> Settings:
    """What the environment says, with what is `given` before it. Raises SettingsError."""
    try:
        return Settings(**given)
    except ValidationError as error:
        fault = error.errors()[0]
        name = f"SUYIN_{str(fault['loc'][0]).upper()}"
        raise SettingsError(f"{name}: {fault['msg']}; see docs/access.md for what it may be") from None


def is_loopback(host: str) -> bool:
    """Is this a name or address of this machine alone?"""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"
