"""An export into a bucket that the operator names."""

import object_store
from adapters.exports.bucket import StoreSettings
from api.wiring import House
from domain.exports.destination import Bucket
from page.visitor import Visitor


def test_an_export_goes_to_the_bucket_that_is_offered(visitor: Visitor, running: House) -> None:
    with object_store.served() as endpoint, object_store.bucket(endpoint) as client:
        running.object_store = StoreSettings("key", "a secret of tests", endpoint=endpoint)
        running.export_buckets = [Bucket(object_store.BUCKET, "2026")]
        visitor.goes_to("/proof")
        visitor.presses("Export")
        dialog = visitor.page.get_by_role("dialog", name="Export")
        to = dialog.get_by_label("To", exact=True)
        to.wait_for()
        assert to.locator("option").all_text_contents() == [
            "this Ballast, to be fetched here",
            f"s3://{object_store.BUCKET}/2026",
        ]
        to.select_option(f"s3://{object_store.BUCKET}/2026")
        assert visitor.barriers() == []
        dialog.get_by_role("button", name="Export").click()
        made = visitor.page.get_by_role("list", name="Exports").get_by_role("listitem").first
        made.get_by_text("there", exact=True).wait_for()

        assert any(key.endswith("/events.csv") for key in object_store.objects(client))
        assert made.get_by_role("link").count() == 0
