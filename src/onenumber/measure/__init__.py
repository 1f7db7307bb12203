"""The formulas of error, bias, accuracy, value added, adherence and on time, on plain arrays."""
