-- What the charts of a home page show beside the ledger: the same conditions as ledger/lines.sql, other groups. Portable, with
-- cut-offs as parameters. {alive(x)} stands for "not struck by now"; CROSS JOIN pins SQLite's order of joins.

-- name: structure
SELECT r.sex,
    (%(day_number)s - r.birth_number) / 10000 AS age,
    r.education,
    COUNT(*) AS members
FROM units_placement p
CROSS JOIN people_belonging b
CROSS JOIN people_membership m
CROSS JOIN people_personrecord r
WHERE p.path >= %(lo)s AND p.path < %(hi)s AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND m.person_id = b.person_id AND m.membership_on <= %(day)s AND m.ended_on > %(day)s AND {alive(m)}
    AND r.person_id = b.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {alive(r)}
    AND m.person_id NOT IN (
        SELECT s.person_id FROM people_membershipstate s
        CROSS JOIN people_membership c
        WHERE s.state IN ('suspended', 'away') AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}
            AND c.person_id = s.person_id AND c.cycle = s.cycle
            AND c.membership_on <= %(day)s AND c.ended_on > %(day)s AND {alive(c)}
    )
GROUP BY r.sex, age, r.education

-- name: trend
SELECT COUNT(CASE WHEN m.membership_on < %(year_1)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on < %(year_1)s AND m.age_years <= %(young_age)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_1)s AND m.membership_on < %(year_2)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_1)s AND m.membership_on < %(year_2)s AND m.age_years <= %(young_age)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_2)s AND m.membership_on < %(year_3)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_2)s AND m.membership_on < %(year_3)s AND m.age_years <= %(young_age)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_3)s AND m.membership_on < %(year_4)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_3)s AND m.membership_on < %(year_4)s AND m.age_years <= %(young_age)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_4)s THEN 1 END),
    COUNT(CASE WHEN m.membership_on >= %(year_4)s AND m.age_years <= %(young_age)s THEN 1 END)
FROM people_membership m
CROSS JOIN people_attribution a
CROSS JOIN units_placement p
WHERE m.membership_on >= %(year_0)s AND m.membership_on <= %(day)s AND m.approved_on <= %(day)s AND {alive(m)}
    AND a.person_id = m.person_id AND a.cycle = m.cycle AND a.since <= %(day)s AND a.until > %(day)s AND {alive(a)}
    AND p.unit_id = a.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND p.village_id IS NOT NULL AND p.path >= %(lo)s AND p.path < %(hi)s

-- name: cultivated
SELECT person.uid, r.name, st.applied_on, st.activist_on, st.target_on
FROM (
    SELECT t.case_id,
        MIN(CASE WHEN t.step = 1 THEN t.held_on END) AS applied_on,
        MIN(CASE WHEN t.step = 3 THEN t.held_on END) AS activist_on,
        MIN(CASE WHEN t.step = 8 THEN t.held_on END) AS target_on,
        MAX(CASE WHEN t.step = 15 THEN 1 ELSE 0 END) AS met
    FROM units_placement p
    CROSS JOIN people_belonging b
    CROSS JOIN admission_case c
    CROSS JOIN admission_steprecord t
    WHERE p.path >= %(lo)s AND p.path < %(hi)s AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
        AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
        AND c.person_id = b.person_id AND t.case_id = c.id
        AND t.held_on <= %(day)s AND {alive(t)} AND (t.step = 1 OR t.step = 3 OR t.step = 8 OR t.step = 15)
        AND (t.step < 8 OR NOT EXISTS (
            SELECT 1 FROM admission_stepdetail f
            WHERE f.case_id = t.case_id AND f.step = t.step AND f.occurrence = t.occurrence AND f.outcome = 'failed' AND {alive(f)}
        ))
    GROUP BY t.case_id
) AS st
CROSS JOIN admission_case c
CROSS JOIN people_person person
CROSS JOIN people_personrecord r
WHERE st.met = 0 AND c.id = st.case_id AND person.id = c.person_id
    AND c.id NOT IN (SELECT e.case_id FROM admission_caseend e WHERE e.ended_on <= %(day)s AND {alive(e)})
    AND r.person_id = c.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {alive(r)}
ORDER BY CASE WHEN st.target_on IS NOT NULL THEN 0 WHEN st.activist_on IS NOT NULL THEN 1 ELSE 2 END,
    COALESCE(st.target_on, st.activist_on, st.applied_on), r.name, c.id

-- name: probationers
SELECT person.uid, r.name, p.unit_id, m.probation_start_on, m.probation_end_on
FROM units_placement p
CROSS JOIN people_belonging b
CROSS JOIN people_membership m
CROSS JOIN people_person person
CROSS JOIN people_personrecord r
WHERE p.path >= %(lo)s AND p.path < %(hi)s AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND b.unit_id = p.unit_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND m.person_id = b.person_id AND m.membership_on <= %(begun_by)s AND m.approved_on <= %(day)s AND {alive(m)}
    AND m.full_member_on > %(day)s AND m.ended_on > %(day)s
    AND m.person_id NOT IN (
        SELECT s.person_id FROM people_membershipstate s
        WHERE s.state IN ('suspended', 'away', 'probation_extended')
            AND s.since <= %(day)s AND s.until > %(day)s AND {alive(s)}
    )
    AND person.id = m.person_id
    AND r.person_id = m.person_id AND r.since <= %(day)s AND r.until > %(day)s AND {alive(r)}
ORDER BY m.probation_start_on, r.name, m.person_id
