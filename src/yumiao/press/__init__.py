"""Print: documents set with Typst from templates of ours, in fonts that come along. No domain word."""
