"""`make bench`: what the work costs on this machine, beside the floor measured in the same run.

It judges nothing: figures depend on the machine, so no test and no exit status hangs on one of them.
"""
