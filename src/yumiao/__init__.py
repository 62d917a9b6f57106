"""Yumiao (育苗): the desk of a county's grassroots Party organisation."""

__version__ = "0.1.0"
