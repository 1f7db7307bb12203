"""The one row of the plan table."""

from onenumber.files.batch import Batch
from onenumber.files.faults import Fault


def check_plan(batch: Batch) -> Batch:
    """Refuse rows of another plan than the one that is there, or of a second one: a plan has one row, and one key."""
    rows = batch.good.get("plan")
    if rows is None or not len(rows):
        return batch
    known = batch.known.get("plan")
    own = str((known if known is not None and len(known) else rows)["plan"][0])
    other = Fault(
        code="other_plan", where=rows["plan"] != own, column="plan", values={"value": rows["plan"], "plan": own}
    )
    return batch.judged("plan", (other,))
