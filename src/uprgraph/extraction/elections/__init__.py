"""Elections, the missions to them, and their reports."""
