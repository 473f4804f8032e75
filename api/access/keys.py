"""API keys: made and revoked by `suyin keys`, kept as hashes in one file that only its owner can read.

A key is `suyin_ID_SECRET`. The secret is 256 random bits, so a plain SHA-256 cannot be searched; slow hashes
are for words that people think of.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from api.access.scopes import SCOPES, Scope
from extract.model import SuyinError


class KeyFileError(SuyinError):
    """The file of keys cannot be read or written, or has no such key; names it and the fix."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `sha256`: of its secret, in hex; `made`, `expires` (None: never), `revoked`: ISO 8601, UTC."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    sha256: str
    made: str
    expires: str | None = None
    revoked: str | None = None

    @property
    def valid(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or self.expires > _now())

    def shown(self) -> dict[str, Any]:
        """What may be shown of it: all but the hash, and whether it still opens anything."""
        state = "revoked" if self.revoked else "valid" if self.valid else "expired"
        return {"id": self.id, "name": self.name, "scopes": list(self.scopes), "state": state,
                "made": self.made, "expires": self.expires}


class KeyFile:
    """The keys in a file; one that another process has changed is read again by itself."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, dict[str, Key]] = (None, {})

    def all(self) -> list[Key]:
        """All keys, also revoked and expired ones, the oldest first. Raises KeyFileError."""
        return list(self._load().values())

    def find(self, token: str) -> Key | None:
        """The valid key that this is; None where it is none. Raises KeyFileError."""
        key_id, secret = _parts(token)
        key = self._load().get(key_id)
        given = _hash(secret)
        # compared also where there is no such key: as fast, whether the id is known or not
        same = hmac.compare_digest(given, key.sha256 if key else _hash(""))
        return key if key and same and key.valid else None

    def create(self, name: str, scopes: Iterable[Scope], *, days: float | None = None) -> tuple[Key, str]:
        """A new key and what its holder sends, which is not kept; `days`: until it expires.

        Raises KeyFileError.
        """
        wanted = set(scopes)
        secret = secrets.token_urlsafe(32)
        expires = None if days is None else _now(timedelta(days=days))
        with self._locked():
            keys = self._load()
            key_id = secrets.token_hex(4)
            while key_id in keys:
                key_id = secrets.token_hex(4)
            key = Key(key_id, name, tuple(s for s in SCOPES if s in wanted), _hash(secret), _now(), expires)
            self._write({**keys, key_id: key})
        return key, f"suyin_{key_id}_{secret}"

    def revoke(self, key_id: str) -> Key:
        """Take a key's rights for good; it stays listed. Raises KeyFileError, also where there is none."""
        with self._locked():
            keys = self._load()
            if key_id not in keys:
                raise KeyFileError(f"there is no key {key_id!r}; see suyin keys list")
            key = keys[key_id]
            if key.revoked is None:
                key = replace(key, revoked=_now())
                self._write({**keys, key_id: key})
        return key

    def _load(self) -> dict[str, Key]:
        try:
            with self.path.open("rb") as file:
                at = os.fstat(file.fileno())
                stamp = (at.st_mtime_ns, at.st_size, at.st_ino)
                if stamp != self._read[0]:
                    rows = json.load(file)["keys"]
                    self._read = (stamp, {row["id"]: Key(**{**row, "scopes": tuple(row["scopes"])})
                                          for row in rows})
        except FileNotFoundError:
            return {}
        except OSError as err:
            raise KeyFileError(f"{self.path}: cannot be read ({err.strerror}); "
                               "check the permissions") from err
        except (ValueError, KeyError, TypeError) as err:
            raise KeyFileError(f"{self.path}: is damaged; "
                               "put back a copy, or delete it and make new keys") from err
        return self._read[1]

    def _write(self, keys: dict[str, Key]) -> None:
        """All or nothing, for no other user's eyes."""
        part = self.path.with_name(f".keys-{os.getpid()}.part")
        text = json.dumps({"keys": [asdict(key) for key in keys.values()]}, ensure_ascii=False, indent=1)
        try:
            part.unlink(missing_ok=True)
            with open(part, "x", encoding="utf-8", opener=lambda p, flags: os.open(p, flags, 0o600)) as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            part.replace(self.path)
        except OSError as err:
            part.unlink(missing_ok=True)
            raise KeyFileError(f"{self.path}: cannot be written ({err.strerror}); "
                               "set SUYIN_DATA_DIR to another folder") from err

    def _locked(self) -> FileLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as err:
            raise KeyFileError(f"{self.path}: cannot be written ({err.strerror}); "
                               "set SUYIN_DATA_DIR to another folder") from err
        return FileLock(f"{self.path}.lock", timeout=10)


def _parts(token: str) -> tuple[str, str]:
    """(id, secret); the secret may hold underscores."""
    prefix, _, rest = token.partition("_")
    key_id, _, secret = rest.partition("_")
    return (key_id, secret) if prefix == "suyin" else ("", "")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _now(later: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) + later).isoformat(timespec="seconds")
