"""县级规定: the county's papers, settings and days off."""
