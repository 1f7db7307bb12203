"""The order lines of a UK online wholesaler as a company of the data contract; nothing is invented."""
