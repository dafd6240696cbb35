"""What we document is what is published, and what is generated is up to date."""

import pytest

from tests.contract.generated import stale_files
from tests.contract.published import APIS, ROOT, Api, read_digest
from tests.contract.report import differences_of


@pytest.mark.parametrize("api", APIS)
def test_built_operations_differ_in_no_field(api: Api) -> None:
    differences, _, _ = differences_of(api, read_digest())
    assert [str(one) for one in differences] == []


def test_the_digest_is_of_the_whole_contract() -> None:
    digest = read_digest()
    assert {api: differences_of(api, digest)[2] for api in APIS} == {"integration": 39, "management": 194}


def test_generated_files_are_up_to_date() -> None:
    stale = [str(path.relative_to(ROOT)) for path in stale_files(None)]
    assert not stale, "Run `make contract` with --write and commit what it wrote."
