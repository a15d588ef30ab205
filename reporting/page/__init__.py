"""The pages of the pack: rows turned into texts, cells and charts, and written as HTML."""
