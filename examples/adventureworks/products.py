"""Divisions, families, items, their supply policy and the live bill of materials."""

import polars as pl

from examples.adventureworks.source import EACH, SITE, Source, product_labels


def divisions(source: Source) -> pl.DataFrame:
    """The four product categories."""
    return source["product_category"].select(pl.col("Name").alias("division"), pl.col("Name").alias("name"))


def families(source: Source) -> pl.DataFrame:
    """The 37 subcategories; each lies in one category. Their items are all counted in pieces."""
    categories = source["product_category"].select("ProductCategoryID", pl.col("Name").alias("division"))
    joined = source["product_subcategory"].join(categories, on="ProductCategoryID", maintain_order="left")
    return joined.select(
        pl.col("Name").alias("family"), pl.col("Name").alias("name"), "division", pl.lit(EACH).alias("equivalent_unit")
    )


def items(source: Source) -> pl.DataFrame:
    """All products: goods that are sold, components made and materials bought, with the days they are sold on."""
    subcategories = source["product_subcategory"].select("ProductSubcategoryID", pl.col("Name").alias("family"))
    joined = source["product"].join(subcategories, on="ProductSubcategoryID", how="left", maintain_order="left")
    joined = joined.join(_units(source), on="ProductID", how="left", maintain_order="left")
    made, sold = pl.col("MakeFlag") == 1, pl.col("FinishedGoodsFlag") == 1
    return joined.select(
        pl.col("ProductNumber").alias("item"),
        pl.col("Name").alias("name"),
        "family",
        pl.when(made).then(pl.lit("made")).otherwise(pl.lit("bought")).alias("kind"),
        pl.when(sold).then(pl.lit("product")).when(made).then(pl.lit("component")).otherwise(pl.lit("material"))
        .alias("role"),
        pl.col("unit").fill_null(EACH),
        pl.lit(0).alias("decimals"),
        pl.when(pl.col("family").is_not_null()).then(1.0).alias("equivalent"),
        pl.col("SellStartDate").alias("sold_from"),
        (pl.col("SellEndDate") + pl.duration(days=1)).alias("sold_to"),
    )  # fmt: skip


def _units(source: Source) -> pl.DataFrame:
    """Unit of each component as the bill of materials has it: pieces, but tape by the inch and paint by the ounce."""
    used = source["bill_of_materials"].sort("ComponentID", "BillOfMaterialsID")
    unit = pl.col("UnitMeasureCode").str.strip_chars().alias("unit")
    return used.select(pl.col("ComponentID").alias("ProductID"), unit).unique("ProductID", maintain_order=True)


def item_sites(source: Source) -> pl.DataFrame:
    """Everything is made to stock at the one plant, with the safety stock that the product master holds."""
    return source["product"].select(
        pl.col("ProductNumber").alias("item"),
        pl.lit(SITE).alias("site"),
        pl.lit("make_to_stock").alias("policy"),
        pl.col("SafetyStockLevel").alias("safety_stock"),
        pl.lit(0).alias("planning_fence_days"),  # released and finished within the month: see the README
    )


def bill_of_materials(source: Source) -> pl.DataFrame:
    """What goes into one unit, without the rows that ended (all in 2010) and the roots that only name a product."""
    edges = source["bill_of_materials"]
    live = edges.filter(pl.col("EndDate").is_null() & pl.col("ProductAssemblyID").is_not_null())
    labels = product_labels(source)
    for key, name in (("ProductAssemblyID", "parent"), ("ComponentID", "component")):
        live = live.join(labels.rename({"product_id": key, "item": name}), on=key, how="left", maintain_order="left")
    return live.sort("parent", "component").select(
        "parent",
        "component",
        pl.col("PerAssemblyQty").alias("quantity"),
        pl.col("StartDate").alias("valid_from"),
    )
