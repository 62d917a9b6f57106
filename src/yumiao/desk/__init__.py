"""The desk: composition only: the county workbook, the demo county, export and doctor.

It owns no table and decides no rule; every figure comes from the packages below.
"""
