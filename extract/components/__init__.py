"""The spaCy components, one a file; each adds its nodes and bonds to the draft of the Doc."""


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
        units,
    )
