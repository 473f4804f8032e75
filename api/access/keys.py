"""API keys: made, rotated, revoked by `suyin keys`, kept as hashes in one file that only its owner can read.

A key is `suyin_ID_SECRET`. The secret is 256 random bits, so a plain SHA-256 cannot be searched; slow hashes
are for words that people think of.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from filelock import FileLock

from api.access.scopes import SCOPES, Scope
from extract.files import replacing
from extract.model import SuyinError


class KeyFileError(SuyinError):
    """The file of keys cannot be read or written, or has no such key; names it and the fix."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `sha256`: of its secret, in hex; `made`, `expires` (None: never), `revoked`: ISO 8601, UTC.

    `old_sha256`: of the secret that it had before it was rotated, which is good until `old_until`.
    """

    id: str
    name: str
    scopes: tuple[Scope, ...]
    sha256: str
    made: str
    expires: str | None = None
    revoked: str | None = None
    old_sha256: str | None = None
    old_until: str | None = None

    @property
    def valid(self) -> bool:
        """Neither revoked nor expired."""
        return self.revoked is None and (self.expires is None or self.expires > _now())

    def opens(self, sha256: str) -> bool:
        """Is this the hash of its secret, or of the one before while that is still good?"""
        now = hmac.compare_digest(sha256, self.sha256)
        before = hmac.compare_digest(sha256, self.old_sha256 or self.sha256)
        return now or (before and self.old_until is not None and self.old_until > _now())

    def shown(self) -> dict[str, Any]:
        """What may be shown of it: all but the hash, and whether it still opens anything."""
        state = "revoked" if self.revoked else "valid" if self.valid else "expired"
        return {
            "id": self.id,
            "name": self.name,
            "scopes": list(self.scopes),
            "state": state,
            "made": self.made,
            "expires": self.expires,
            "old_until": self.old_until,
        }


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
        # compared also where there is no such key: as fast, whether the id is known or not
        same = (key or _NONE).opens(_hash(secret))
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

    def rotate(self, name: str, *, grace: timedelta, days: float | None = None) -> tuple[Key, str]:
        """A new secret for a valid key, by its id or a name that no other valid key has, and what its holder
        sends now. The old one is good for `grace`, no longer than it was; who has the key stays the same.

        `days`: until the new one expires; without, as long as the old one was made for. Raises KeyFileError.
        """
        secret = secrets.token_urlsafe(32)
        with self._locked():
            keys = self._load()
            old = self._named(keys, name)
            ends = [_now(grace), *([old.expires] if old.expires else [])]
            key = replace(
                old,
                sha256=_hash(secret),
                made=_now(),
                expires=_renewed(old, days),
                old_sha256=old.sha256,
                old_until=min(ends),
            )
            self._write({**keys, key.id: key})
        return key, f"suyin_{key.id}_{secret}"

    def _named(self, keys: Mapping[str, Key], name: str) -> Key:
        found = [key for key in keys.values() if key.valid and name in (key.id, key.name)]
        if len(found) > 1:
            raise KeyFileError(
                f"several keys are called {name!r}; give the id of one: {' '.join(key.id for key in found)}"
            )
        if not found:
            raise KeyFileError(f"there is no valid key {name!r}; see suyin keys list")
        return found[0]

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
                    self._read = (
                        stamp,
                        {row["id"]: Key(**{**row, "scopes": tuple(row["scopes"])}) for row in rows},
                    )
        except FileNotFoundError:
            return {}
        except OSError as err:
            raise KeyFileError(
                f"{self.path}: cannot be read ({err.strerror}); check the permissions"
            ) from err
        except (ValueError, KeyError, TypeError) as err:
            raise KeyFileError(
                f"{self.path}: is damaged; put back a copy, or delete it and make new keys"
            ) from err
        return self._read[1]

    def _write(self, keys: dict[str, Key]) -> None:
        """All or nothing, for no other user's eyes."""
        text = json.dumps({"keys": [asdict(key) for key in keys.values()]}, ensure_ascii=False, indent=1)
        try:
            with replacing(self.path, private=True) as part, part.open("w", encoding="utf-8") as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as err:
            raise KeyFileError(
                f"{self.path}: cannot be written ({err.strerror}); set SUYIN_DATA_DIR to another folder"
            ) from err

    def _locked(self) -> FileLock:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as err:
            raise KeyFileError(
                f"{self.path}: cannot be written ({err.strerror}); set SUYIN_DATA_DIR to another folder"
            ) from err
        return FileLock(f"{self.path}.lock", timeout=10)


def _renewed(old: Key, days: float | None) -> str | None:
    """When a key that is rotated now expires."""
    if days is not None:
        return _now(timedelta(days=days))
    if old.expires is None:
        return None
    return _now(datetime.fromisoformat(old.expires) - datetime.fromisoformat(old.made))


def _parts(token: str) -> tuple[str, str]:
    """(id, secret); the secret may hold underscores."""
    prefix, _, rest = token.partition("_")
    key_id, _, secret = rest.partition("_")
    return (key_id, secret) if prefix == "suyin" else ("", "")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _now(later: timedelta = timedelta(0)) -> str:
    return (datetime.now(UTC) + later).isoformat(timespec="seconds")


#: Compared with where there is no such key.
_NONE = Key("", "", (), _hash(""), "")
