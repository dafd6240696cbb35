"""From the lines of a file to referrals: every line checked, every mistake with its line."""

from collections.abc import Iterator
from functools import lru_cache

from largesse.api.imports import READINGS_KEPT, code_cell, id_cell, times_cells, uses_cell
from largesse.engine.applications import fold_code
from largesse.engine.attributes import JSON, AttributeDefinitions, accept, merge
from largesse.engine.refusals import REQUIRED
from largesse.plumbing.http.files.csv_rows import CsvRow, WrongCell, WrongLines, object_cell, read_rows
from largesse.plumbing.http.files.uploads import Upload
from largesse.storage.codes.referral_files import ImportedReferral
from largesse.storage.codes.referrals import ReferralCampaign

ADVOCATE = "advocateprofileintegrationid"
COLUMNS = ("code", ADVOCATE, "limitval", "startdate", "expirydate", "attributes")

# What an export has beyond them, so that its file can be sent again.
EXPORTED = frozenset({"id", "created", "campaignid", "friendprofileintegrationid", "importid", "batchid", "counter"})


class ReferralLines:
    """The referrals of one file, for one campaign."""

    def __init__(
        self, upload: Upload, campaign: ReferralCampaign, definitions: AttributeDefinitions, wrong: WrongLines
    ) -> None:
        self._upload = upload
        self._campaign = campaign
        self._definitions = definitions
        self._wrong = wrong
        self._attributes = lru_cache(READINGS_KEPT)(self._read_attributes)
        self._times = lru_cache(READINGS_KEPT)(times_cells)

    def read(self) -> Iterator[tuple[int, ImportedReferral]]:
        """Every referral of the file with its line; what is wrong with a line is noted and the line left out."""
        required = ("code", ADVOCATE)
        for row in read_rows(self._upload, COLUMNS, required=required, wrong=self._wrong, ignored=EXPORTED):
            try:
                referral = self._referral(row)
            except WrongCell as cell:
                self._wrong.add(row.line, cell.title, cell.details)
            else:
                yield row.line, referral

    def _referral(self, row: CsvRow) -> ImportedReferral:
        code, advocate, uses, start, expiry, attributes = row.cells
        start_date, expiry_date = self._times(start, expiry)
        advocate_id = id_cell(ADVOCATE, advocate)
        if advocate_id is None:
            raise WrongCell(REQUIRED, f"{ADVOCATE} must not be empty")
        return ImportedReferral(
            code=fold_code(code_cell("code", code), self._campaign.case_sensitivity),
            advocate_profile_integration_id=advocate_id,
            usage_limit=uses_cell(uses),
            start_date=start_date,
            expiry_date=expiry_date,
            attributes=self._attributes(attributes),
        )

    def _read_attributes(self, text: str) -> dict[str, JSON]:
        accepted, refused = accept("Referral", object_cell("attributes", text), self._definitions, "")
        if refused:
            raise WrongCell(refused[0].title, refused[0].details)
        return merge({}, accepted)
