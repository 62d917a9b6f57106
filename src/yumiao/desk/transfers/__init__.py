"""Transfers of Party relations: letters issued, taken in, refused, withdrawn, their receipts, their print, what is due."""
