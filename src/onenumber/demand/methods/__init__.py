"""Forecast methods, one file each: a panel and a horizon in, (horizon x series) means out."""
