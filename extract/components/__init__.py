"""The spaCy components, one a file; each takes what those before it returned and returns its own result."""


def register() -> None:
    """Import the components, which registers them with spaCy."""
    from extract.components import (  # noqa: F401, PLC0415
        categories,
        causes,
        effects,
        evidence,
        facts,
        links,
        measures,
        policies,
        problems,
        reading,
        recommendations,
        stakes,
        statements,
        units,
    )
