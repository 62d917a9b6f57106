-- Who is counted, one row a person, the same text on SQLite and PostgreSQL; who counts as what is as in the ledger's lines.sql.
-- {alive(x)} stands for "as known now", {columns} for what is asked of p (unit), m (membership), r (record);
-- the record is joined where it is asked. CROSS JOIN pins SQLite's order of joins and means nothing to PostgreSQL.

-- name: members
SELECT {columns}
FROM units_placement p
CROSS JOIN people_belonging b
CROSS JOIN people_membership m
{record}
WHERE p.path >= %(lo)s AND p.path < %(hi)s AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND m.person_id = b.person_id AND m.membership_on <= %(day)s AND m.ended_on > %(day)s AND {alive(m)}
    {recorded}
    AND m.person_id NOT IN (
        SELECT s.person_id FROM people_membershipstate s
        CROSS JOIN people_membership c
        WHERE s.state IN ('suspended', 'away') AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}
            AND c.person_id = s.person_id AND c.cycle = s.cycle
            AND c.membership_on <= %(day)s AND c.ended_on > %(day)s AND {alive(c)}
    )

-- name: record
CROSS JOIN people_personrecord r

-- name: recorded
AND r.person_id = m.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {alive(r)}

-- name: admissions
SELECT {columns}
FROM people_membership m
CROSS JOIN people_attribution a
CROSS JOIN units_placement p
{record}
WHERE m.membership_on >= %(year_first)s AND m.membership_on <= %(day)s AND m.approved_on <= %(day)s AND {alive(m)}
    AND a.person_id = m.person_id AND a.cycle = m.cycle AND a.since <= %(day)s AND a.until > %(day)s AND {alive(a)}
    AND p.unit_id = a.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND p.path >= %(lo)s AND p.path < %(hi)s
    {recorded}

-- name: begun
SELECT m.person_id, p.path
FROM people_membership m
CROSS JOIN people_belonging b
CROSS JOIN units_placement p
WHERE m.membership_on > %(start)s AND m.membership_on <= %(day)s AND {alive(m)}
    AND b.person_id = m.person_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND p.unit_id = b.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}

-- name: suspended
SELECT s.person_id, s.cycle FROM people_membershipstate s
WHERE s.state = 'suspended' AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}

-- name: standing
SELECT b.person_id, p.path
FROM units_placement p
CROSS JOIN people_belonging b
WHERE p.path >= %(lo)s AND p.path < %(hi)s AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
