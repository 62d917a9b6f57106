"""The handbook: the Markdown of `docs/` as pages of the product."""
