"""People and roles: who of AdventureWorks' employees has which part in the plan."""

import polars as pl

from examples.adventureworks.source import SITE, Source

JOBS = (
    ("EX", "Chief Executive Officer"),
    ("SM", "Vice President of Sales"),
    ("DP", "Marketing Manager"),  # nobody is a demand planner
    ("OP", "Vice President of Production"),
    ("SS", "Master Scheduler"),
    ("SS", "Purchasing Manager"),
    ("FIN", "Chief Financial Officer"),
    ("FIN", "Finance Manager"),
    ("OWN", "Production Control Manager"),  # nobody is a process owner
    ("ADM", "Information Services Manager"),
)
"""Role of the plan and the job title that has it, over the whole company."""
LEADERS = ("North American Sales Manager", "European Sales Manager", "Pacific Sales Manager")
"""Sales leaders of one organisation each: those who report to them."""
OWNERS = (
    ("sales", "*", "Vice President of Sales"),
    ("production", SITE, "Vice President of Production"),
    ("inventory", SITE, "Master Scheduler"),
    ("service", "*", "Vice President of Production"),
    ("budget", "*", "Chief Financial Officer"),
)
"""Who answers for a figure of Adherence; an assumption of this example."""


def full_name(source: Source) -> pl.DataFrame:
    """``employee_id`` and ``name`` of every employee."""
    number = pl.col("employee_id").cast(pl.Int64)
    return source["employee_names"].select(number, pl.format("{} {}", "first_name", "last_name").alias("name"))


def people(source: Source) -> pl.DataFrame:
    """Those with a role, and the managers above them."""
    everyone = _with_superior(source)
    wanted = set(roles(source)["person"].to_list())
    superior_of = dict(everyone.select("employee_id", "superior").iter_rows())
    for _ in range(len(superior_of)):
        above = {superior_of[person] for person in wanted} - {None}
        if above <= wanted:
            break
        wanted |= above
    kept = everyone.filter(pl.col("employee_id").is_in(sorted(wanted))).sort("employee_id")
    return kept.select(pl.col("employee_id").alias("person"), "name", "superior")


def _with_superior(source: Source) -> pl.DataFrame:
    node = pl.col("organization_node").str.extract(r"^(/0/(?:\d+/)*)").fill_null("/0/")
    nodes = source["employee_names"].select(pl.col("employee_id").cast(pl.Int64), node.alias("node"))
    above = pl.col("node").str.extract(r"^(/0/(?:\d+/)*)\d+/$").alias("above")
    managers = nodes.select(pl.col("node").alias("above"), pl.col("employee_id").alias("superior"))
    joined = nodes.with_columns(above).join(managers, on="above", how="left", maintain_order="left")
    return joined.join(full_name(source), on="employee_id", maintain_order="left")


def _holders(source: Source) -> dict[str, int]:
    return dict(source["employee"].sort("BusinessEntityID").select("JobTitle", "BusinessEntityID").iter_rows())


def roles(source: Source) -> pl.DataFrame:
    """A row per person and role: company-wide jobs, leaders of those who report to them, and the 17 who sell."""
    of_job = _holders(source)
    rows = [(of_job[job], role, "company", "*") for role, job in JOBS]
    rows += [(of_job[job], "SM", "organisation", str(of_job[job])) for job in LEADERS]
    sellers = source["sales_person"]["BusinessEntityID"].to_list()
    rows += [(person, "SP", "patch", f"S{person}") for person in sellers]
    return pl.DataFrame(rows, schema=["person", "role", "scope_kind", "scope"], orient="row")


def owners(source: Source) -> pl.DataFrame:
    """Who answers for which figure."""
    of_job = _holders(source)
    rows = [(figure, scope, of_job[job]) for figure, scope, job in OWNERS]
    return pl.DataFrame(rows, schema=["figure", "scope", "person"], orient="row")
