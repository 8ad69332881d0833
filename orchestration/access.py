"""The lint of access, on the real database, right after what is published was built.

Belongs here: the check. Does not belong here: its conditions (`innenfra/database/access.py`).
"""

import dagster as dg

from innenfra.database.access import lint
from innenfra.database.engine import connect


def access_check(url: str) -> dg.AssetChecksDefinition:
    """Every relation that readers reach has its policies, and no role stands above them."""

    @dg.asset_check(
        asset=dg.AssetKey(["published", "indicator_value"]), name="access_lint", blocking=True, description="Row policies of all that readers reach."
    )
    def access_lint() -> dg.AssetCheckResult:
        with connect(url) as connection:
            found = lint(connection)
        return dg.AssetCheckResult(passed=not found, metadata={"found": found})

    return access_lint
