"""The demo county 青岚县: an invented county as the five sheets of the county workbook.

It must not know Django, the importer or the lines: whatever it shows comes in through the same door as a real county.
"""
