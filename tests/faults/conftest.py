from collections.abc import Iterator

import pytest

from tests.faults.place import ENGINES, Place, place


@pytest.fixture(scope="session", params=ENGINES)
def onward(request: pytest.FixtureRequest) -> Iterator[Place]:
    """One place for each database, with servers of its own; each fault begins with people of its own."""
    with place(request.param) as made:
        yield made
