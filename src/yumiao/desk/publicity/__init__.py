"""Notices, the public page, objections and who looks into them."""
