"""The county workbook: read, checked against what is known, previewed, written as one act.

Composition only: what a row may say is decided by the rules of the app that owns it, and the app's services write it.
"""
