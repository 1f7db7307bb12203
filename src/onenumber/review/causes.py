"""Which shortages have one cause together: what only an earlier start could have prevented."""

import polars as pl


def only_time(*, cycle: int, firm: int) -> pl.Expr:
    """Whether only time could have cured a shortage, in one of the ``firm`` periods in which nothing new may come.

    Such shortages go up and are told as one: they have one answer, what comes next. ``cycle`` is the first period.

    Example:
        >>> rows = pl.DataFrame({"cause": ["lead_time", "lead_time", "capacity"], "cause_period": [4, 5, 4]})
        >>> rows.select(only_time(cycle=4, firm=1)).to_series().to_list()
        [True, False, False]
    """
    return (pl.col("cause") == "lead_time") & (pl.col("cause_period") < cycle + firm)


def told_together(shortages: pl.DataFrame, *, cycle: int, firm: int, name: str) -> pl.DataFrame:
    """Shortages with what they are told by: those that only time could have cured have the cause ``name``, nowhere.

    Example:
        >>> at = {"cause_at": ["A|P1", "L1"], "cause_period": [4, 4]}
        >>> rows = pl.DataFrame({"cause": ["lead_time", "capacity"], **at})
        >>> told_together(rows, cycle=4, firm=1, name="firm period").select("cause", "cause_at").rows()
        [('firm period', ''), ('capacity', 'L1')]
    """
    together = only_time(cycle=cycle, firm=firm)
    return shortages.with_columns(
        pl.when(together).then(pl.lit(name)).otherwise("cause").alias("cause"),
        pl.when(together).then(pl.lit("")).otherwise("cause_at").alias("cause_at"),
    )
