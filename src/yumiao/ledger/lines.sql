-- The lines: the integers from which every verdict follows, per unit, in statements that run unchanged on SQLite and
-- PostgreSQL: counts, CASE, joins and comparison. Cut-offs come as parameters; no engine does date arithmetic.
-- {by(x)} is the unit's path, or the person x where one unit's people are told apart.
-- {alive(x)} stands for "known": not struck by now, or known when a given entry had been written.
-- CROSS JOIN pins SQLite's order of joins and means nothing to PostgreSQL. Grouping by path follows the order in which
-- units are found, so nothing is sorted.

-- name: stock
SELECT {by(b.person_id)},
    COUNT(*) AS members,
    COUNT(CASE WHEN m.full_member_on <= %(day)s THEN 1 END) AS full_members,
    COUNT(CASE WHEN r.sex = 'f' THEN 1 END) AS women,
    COUNT(CASE WHEN r.birth_number > %(young_cut)s THEN 1 END) AS young,
    COUNT(CASE WHEN r.birth_number <= %(old_cut)s THEN 1 END) AS old,
    COUNT(r.birth_number) AS known_births,
    COALESCE(SUM((%(day_number)s - r.birth_number) / 10000), 0) AS age_sum,
    COUNT(CASE WHEN r.education = %(primary)s OR r.education = %(junior)s THEN 1 END) AS low_education
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
GROUP BY {by(b.person_id)}

-- name: admissions
SELECT {by(m.person_id)},
    COUNT(CASE WHEN m.membership_on >= %(this_year)s AND m.approved_on <= %(day)s THEN 1 END) AS this_year,
    COUNT(CASE WHEN m.membership_on >= %(last_year)s AND m.membership_on < %(this_year)s AND m.approved_on <= %(day)s
        THEN 1 END) AS last_year,
    COUNT(CASE WHEN m.membership_on >= %(year_before)s AND m.membership_on < %(last_year)s AND m.approved_on <= %(day)s
        THEN 1 END) AS year_before,
    COUNT(CASE WHEN m.membership_on >= %(window)s AND m.approved_on <= %(day)s THEN 1 END) AS in_window,
    COUNT(CASE WHEN m.membership_on >= %(this_year)s AND m.approved_on <= %(day)s AND m.age_years <= %(young_age)s
        THEN 1 END) AS young_this_year,
    COUNT(CASE WHEN m.membership_on >= %(this_year)s AND m.approved_on <= %(day)s AND m.age_years IS NULL
        THEN 1 END) AS unknown_age_this_year,
    COUNT(CASE WHEN m.approved_on > %(day)s THEN 1 END) AS pending
FROM people_membership m
CROSS JOIN people_attribution a
CROSS JOIN units_placement p
WHERE m.membership_on >= %(earliest)s AND m.membership_on <= %(day)s AND {alive(m)}
    AND a.person_id = m.person_id AND a.cycle = m.cycle AND a.since <= %(day)s AND a.until > %(day)s AND {alive(a)}
    AND p.unit_id = a.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND p.path >= %(lo)s AND p.path < %(hi)s
GROUP BY {by(m.person_id)}

-- name: cultivation
-- What did not pass counts as not held. Approved is approved whenever: before that day the membership says that it waits.
SELECT {by(c.person_id)},
    SUM(CASE WHEN st.met = 0 THEN 1 ELSE 0 END) AS applicants,
    SUM(CASE WHEN st.met = 0 THEN st.activist ELSE 0 END) AS activists,
    SUM(CASE WHEN st.met = 0 THEN st.target ELSE 0 END) AS targets,
    SUM(st.met) AS pending
FROM (
    SELECT t.case_id,
        MAX(CASE WHEN t.step <= 8 THEN 1 ELSE 0 END) AS begun,
        MAX(CASE WHEN t.step = 3 OR t.step = 8 THEN 1 ELSE 0 END) AS activist,
        MAX(CASE WHEN t.step = 8 THEN 1 ELSE 0 END) AS target,
        MAX(CASE WHEN t.step = 15 THEN 1 ELSE 0 END) AS met,
        MAX(CASE WHEN t.step = 17 THEN 1 ELSE 0 END) AS approved
    FROM admission_steprecord t
    WHERE (t.step = 1 OR t.step = 3 OR t.step = 8 OR t.step = 15 OR t.step = 17)
        AND (t.held_on <= %(day)s OR t.step = 17) AND {alive(t)}
        AND (t.step < 8 OR (t.case_id, t.step, t.occurrence) NOT IN (
            SELECT f.case_id, f.step, f.occurrence FROM admission_stepdetail f WHERE f.outcome = 'failed' AND {alive(f)}
        ))
    GROUP BY t.case_id
) AS st
CROSS JOIN admission_case c
CROSS JOIN people_belonging b
CROSS JOIN units_placement p
WHERE ((st.met = 0 AND st.begun = 1) OR (st.met = 1 AND st.approved = 0)) AND c.id = st.case_id
    AND c.id NOT IN (SELECT e.case_id FROM admission_caseend e WHERE e.ended_on <= %(day)s AND {alive(e)})
    AND b.person_id = c.person_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND p.unit_id = b.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND p.path >= %(lo)s AND p.path < %(hi)s
GROUP BY {by(c.person_id)}

-- name: pool
SELECT {by(b.person_id)}, COUNT(DISTINCT b.person_id) AS talents
FROM talent_talent t
CROSS JOIN people_belonging b
CROSS JOIN units_placement p
WHERE t.since <= %(day)s AND t.until > %(day)s AND {alive(t)}
    AND b.person_id = t.person_id AND b.since <= %(day)s AND b.until > %(day)s AND {alive(b)}
    AND p.unit_id = b.unit_id AND p.since <= %(day)s AND p.until > %(day)s AND {alive(p)}
    AND p.path >= %(lo)s AND p.path < %(hi)s
GROUP BY {by(b.person_id)}
