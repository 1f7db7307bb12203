"""Plan to money: valuation, budget, price-volume-mix."""
