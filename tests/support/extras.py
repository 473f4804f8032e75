"""What only an extra of the install brings, and tests that need it."""

from __future__ import annotations

import os
from importlib.util import find_spec

import pytest


def need_extra(extra: str, module: str) -> None:
    """Skip the test, or the module that calls this, where the extra is not installed.

    It fails where SUYIN_REQUIRE_EXTRAS is 1. `module`: what the extra brings.
    """
    if find_spec(module) is None:
        reason = f"the extra {extra} is not installed (no {module}): make setup EXTRAS=dev,notebook,{extra}"
        if os.environ.get("SUYIN_REQUIRE_EXTRAS") == "1":
            pytest.fail(f"SUYIN_REQUIRE_EXTRAS is set, but {reason}", pytrace=False)
        pytest.skip(reason, allow_module_level=True)
