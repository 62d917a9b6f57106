-- The parts the list of people is put together from, the same text on SQLite and PostgreSQL; who counts as what is as in the
-- ledger's lines.sql. {alive(x)} stands for "as known now"; other names in braces are filled with texts of conditions.py and listing.py.
-- p is where a unit stands, b who stands there, r the person's record. member, case, pending and talent say of b what he must be: a page asks
-- each person for one such row, so that PostgreSQL too walks the tree and stops after a page (it takes such a question to be answered
-- yes half the time); a count asks whether any exists, in whatever order.

-- name: placed
p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}

-- name: recorded
r.person_id = b.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {alive(r)}

-- name: member
SELECT TRUE FROM people_membership m
WHERE m.person_id = b.person_id AND m.membership_on <= %(day)s AND m.ended_on > %(day)s AND {alive(m)} {more}
    AND NOT EXISTS (
        SELECT 1 FROM people_membershipstate s
        WHERE s.person_id = m.person_id AND s.cycle = m.cycle AND s.state IN ('suspended', 'away')
            AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}
    )

-- name: case
SELECT TRUE FROM admission_case c CROSS JOIN admission_steprecord t
WHERE c.person_id = b.person_id AND t.case_id = c.id
    AND t.step IN ({steps}) AND t.held_on <= %(day)s AND {alive(t)}
    AND NOT EXISTS (
        SELECT 1 FROM admission_stepdetail f
        WHERE f.case_id = t.case_id AND f.step = t.step AND f.occurrence = t.occurrence AND f.outcome = 'failed' AND {alive(f)}
    )
    AND NOT EXISTS (
        SELECT 1 FROM admission_steprecord z
        WHERE z.case_id = c.id AND z.step = 15 AND z.held_on <= %(day)s AND {alive(z)}
            AND NOT EXISTS (
                SELECT 1 FROM admission_stepdetail f
                WHERE f.case_id = z.case_id AND f.step = z.step AND f.occurrence = z.occurrence AND f.outcome = 'failed' AND {alive(f)}
            )
    )
    AND NOT EXISTS (
        SELECT 1 FROM admission_caseend e WHERE e.case_id = c.id AND e.ended_on <= %(day)s AND {alive(e)}
    )

-- name: pending
SELECT TRUE FROM people_person w
WHERE w.id = b.person_id AND (
    EXISTS (
        SELECT TRUE FROM admission_case c CROSS JOIN admission_steprecord t
        WHERE c.person_id = w.id AND t.case_id = c.id AND t.step = 15 AND t.held_on <= %(day)s AND {alive(t)}
            AND NOT EXISTS (
                SELECT 1 FROM admission_stepdetail f
                WHERE f.case_id = t.case_id AND f.step = t.step AND f.occurrence = t.occurrence AND f.outcome = 'failed' AND {alive(f)}
            )
            AND NOT EXISTS (
                SELECT 1 FROM admission_steprecord z WHERE z.case_id = c.id AND z.step = 17 AND {alive(z)}
                    AND NOT EXISTS (
                        SELECT 1 FROM admission_stepdetail f
                        WHERE f.case_id = z.case_id AND f.step = z.step AND f.occurrence = z.occurrence AND f.outcome = 'failed' AND {alive(f)}
                    )
            )
            AND NOT EXISTS (
                SELECT 1 FROM admission_caseend e WHERE e.case_id = c.id AND e.ended_on <= %(day)s AND {alive(e)}
            )
    )
    OR EXISTS (
        SELECT 1 FROM people_membership m
        WHERE m.person_id = w.id AND m.membership_on <= %(day)s AND m.approved_on > %(day)s AND {alive(m)}
    )
)

-- name: talent
SELECT TRUE FROM talent_talent l
WHERE l.person_id = b.person_id AND l.since <= %(day)s AND l.until > %(day)s AND {alive(l)}

-- name: admitted
r.person_id IN (
    SELECT m.person_id
    FROM people_membership m CROSS JOIN people_attribution a CROSS JOIN units_placement q
    WHERE m.membership_on >= %(year_first)s AND m.membership_on <= %(year_last)s AND m.membership_on <= %(day)s
        AND m.approved_on <= %(day)s AND {alive(m)} {more}
        AND a.person_id = m.person_id AND a.cycle = m.cycle
        AND a.since <= %(day)s AND a.until > %(day)s AND {alive(a)}
        AND q.unit_id = a.unit_id AND q.since <= %(day)s AND q.until > %(day)s AND {alive(q)} AND {within}
)

-- name: hits
SELECT n.id AS id FROM people_personrecord n WHERE n.name {from} %(q)s AND n.name {before} %(q_end)s AND {alive(n)}
UNION ALL
SELECT k.record_id AS id FROM people_nametoken k WHERE k.token {from} %(q)s AND k.token {before} %(q_end)s

-- name: bears
(
    (r.name {from} %(q)s AND r.name {before} %(q_end)s)
    OR (
        SELECT TRUE FROM people_nametoken k
        WHERE k.record_id = r.id AND k.token {from} %(q)s AND k.token {before} %(q_end)s LIMIT 1
    )
)

-- name: bounded
SELECT COUNT(*) FROM (SELECT hit.id FROM ({hits}) AS hit LIMIT {most}) AS counted

-- name: slice
SELECT * FROM (
    SELECT p.path, b.unit_id, r.person_id, r.name, r.sex, r.born_on, r.ethnicity, r.education, r.occupation
    FROM {source}
    WHERE {within} AND {placed} AND {recorded} {where} {beyond}
    ORDER BY p.path {order}, r.name {order}, r.person_id {order}
    LIMIT {size}
) AS slice

-- name: page
SELECT page.*, o.uid, m.membership_on, m.full_member_on, m.ended_on,
    CASE WHEN EXISTS (
        SELECT 1 FROM people_membershipstate s
        WHERE s.person_id = page.person_id AND s.cycle = m.cycle AND s.state = 'suspended'
            AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}
    ) THEN 1 ELSE 0 END,
    (
        SELECT MAX(t.step) FROM admission_case c CROSS JOIN admission_steprecord t
        WHERE c.person_id = page.person_id AND t.case_id = c.id AND t.held_on <= %(day)s AND {alive(t)}
            AND NOT EXISTS (
                SELECT 1 FROM admission_stepdetail f
                WHERE f.case_id = t.case_id AND f.step = t.step AND f.occurrence = t.occurrence AND f.outcome = 'failed' AND {alive(f)}
            )
            AND NOT EXISTS (
                SELECT 1 FROM admission_caseend e WHERE e.case_id = c.id AND e.ended_on <= %(day)s AND {alive(e)}
            )
    ),
    CASE WHEN EXISTS (
        SELECT 1 FROM talent_talent l
        WHERE l.person_id = page.person_id AND l.since <= %(day)s AND l.until > %(day)s AND {alive(l)}
    ) THEN 1 ELSE 0 END
FROM ({slice}) AS page
JOIN people_person o ON o.id = page.person_id
LEFT JOIN people_membership m ON m.person_id = page.person_id AND {alive(m)} AND m.cycle = (
    SELECT MAX(x.cycle) FROM people_membership x
    WHERE x.person_id = page.person_id AND x.membership_on <= %(day)s AND {alive(x)}
)
ORDER BY page.path, page.name, page.person_id

-- name: roster
SELECT shown.*, n.cell, n.key_version
FROM ({page}) AS shown
LEFT JOIN people_personsecret n ON n.person_id = shown.person_id AND n.kind = 'identity' AND {alive(n)}
ORDER BY shown.path, shown.name, shown.person_id

-- name: neighbours
SELECT sides.side, o.uid
FROM (
    SELECT 'before' AS side, one.person_id FROM ({before}) AS one
    UNION ALL
    SELECT 'after' AS side, one.person_id FROM ({after}) AS one
) AS sides
JOIN people_person o ON o.id = sides.person_id

-- name: key
SELECT b.unit_id, r.name, r.person_id
FROM people_person o CROSS JOIN people_belonging b CROSS JOIN people_personrecord r
WHERE o.uid = %(uid)s AND b.person_id = o.id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)} AND {recorded}

-- name: number
SELECT COUNT(*) FROM (SELECT 1 AS one FROM {source} WHERE {within} AND {placed} {recorded} {where} LIMIT {most}) AS counted

-- name: found
SELECT COUNT(*) FROM (
    SELECT DISTINCT r.person_id FROM ({hits}) AS hit CROSS JOIN {source}
    WHERE r.id = hit.id AND {within} AND {placed} AND {recorded} {where} LIMIT {most}
) AS counted

-- name: sums
SELECT p.path, {sums} FROM {source} WHERE {within} AND {placed} AND {recorded} {where} GROUP BY p.path

-- name: elsewhere
SELECT COUNT(*) FROM {source} WHERE NOT ({within}) AND {placed} AND {recorded} {where}
