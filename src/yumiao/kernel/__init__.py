"""Plain values and arithmetic every app leans on: dates, identity numbers, ages, shares, objections, scope.

Must not know: Django, the database, the clock, or any word that only one app uses.
"""
