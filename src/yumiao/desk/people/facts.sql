-- Everything dated that is known of one person, as rows of one shape; portable to SQLite and PostgreSQL.
--   part: what says it; since, until: its time, the day of an event in since; more: a further day; words: texts, %(sep)s between;
--   number: unit, step, cycle or position; other: the other person of a tie; struck: which entry took it back.
-- Records and memberships come with those taken back, for they show corrections; everything else as known now.
-- Their two conditions name the two indexes there are. Beside every row stands when its entry was written, beside a tie the other's uid, name, unit and day of full membership.
SELECT f.part, f.since, f.until, f.more, f.words, f.number, f.extra, f.other, f.entered, f.struck,
    e.at, o.uid, n.name, b.unit_id,
    (
        SELECT m.full_member_on FROM people_membership m WHERE m.person_id = f.other AND m.struck = {alive}
        ORDER BY m.cycle DESC LIMIT 1
    )
FROM (
    SELECT 'record' AS part, since, until, born_on AS more,
        name || %(sep)s || sex || %(sep)s || ethnicity || %(sep)s || education || %(sep)s || occupation AS words,
        CAST(0 AS bigint) AS number, CAST(0 AS bigint) AS extra, CAST(NULL AS bigint) AS other, entered, struck
    FROM people_personrecord WHERE person_id = %(person)s AND (struck = {alive} OR struck < {alive})
    UNION ALL
    SELECT 'membership', membership_on, ended_on, full_member_on,
        approval || %(sep)s || CAST(approved_on AS text) || %(sep)s || CAST(probation_start_on AS text)
            || %(sep)s || COALESCE(CAST(probation_end_on AS text), '')
            || %(sep)s || COALESCE(CAST(confirmation_stated_on AS text), '') || %(sep)s || ended_how,
        cycle, age_years, NULL, entered, struck
    FROM people_membership WHERE person_id = %(person)s AND (struck = {alive} OR struck < {alive})
    UNION ALL
    SELECT 'belonging', since, until, NULL, CASE WHEN since_known THEN 'known' ELSE '' END, unit_id, 0, NULL, entered, struck
    FROM people_belonging WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'attribution', since, until, NULL, reason, unit_id, cycle, NULL, entered, struck
    FROM people_attribution WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'state', since, until, NULL, state, cycle, 0, NULL, entered, struck
    FROM people_membershipstate WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'statement', NULL, NULL, NULL, field || %(sep)s || value || %(sep)s || reason, 0, 0, NULL, entered, struck
    FROM people_statement WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'tie', since, until, NULL, kind || %(sep)s || other_text, position, 0, other_id, entered, struck
    FROM people_tie WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'tied', since, until, NULL, kind || %(sep)s, position, 0, person_id, entered, struck
    FROM people_tie WHERE other_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'change', changed_on, NULL, term_on,
        change || %(sep)s || ground || %(sep)s || document || %(sep)s || reason, cycle, 0, NULL, entered, struck
    FROM people_statuschange WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'transfer', s.happened_on, NULL, NULL,
        t.kind || %(sep)s || s.state || %(sep)s || t.letter || %(sep)s || t.from_text || %(sep)s || t.to_text
            || %(sep)s || s.reason || %(sep)s || CAST(t.uid AS text),
        COALESCE(t.to_unit_id, 0), COALESCE(t.from_unit_id, 0), NULL, s.entered, s.struck
    FROM people_transfer t JOIN people_transferstate s ON s.transfer_id = t.id AND s.struck = {alive}
    WHERE t.person_id = %(person)s
    UNION ALL
    SELECT 'stay', since, until, planned_on, place, 0, 0, NULL, entered, struck
    FROM people_stay WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'merged', NULL, NULL, NULL, (
            SELECT x.name FROM people_personrecord x WHERE x.person_id = g.person_id AND x.struck = g.entered AND x.until = %(forever)s
        ), 0, 0, g.person_id, g.entered, g.struck
    FROM people_merged g WHERE g.into_id = %(person)s AND g.struck = {alive}
    UNION ALL
    SELECT 'post', since, until, NULL, title, unit_id, 0, NULL, entered, struck
    FROM posts_post WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'talent', since, until, NULL, category, 0, 0, NULL, entered, struck
    FROM talent_talent WHERE person_id = %(person)s AND struck = {alive}
    UNION ALL
    SELECT 'step', t.held_on, NULL, NULL,
        c.origin || %(sep)s || CAST(c.uid AS text) || %(sep)s || CAST(t.occurrence AS text) || %(sep)s || COALESCE(d.outcome, '')
            || %(sep)s || CASE WHEN d.is_late THEN '1' ELSE '' END || %(sep)s || COALESCE(CAST(d.months AS text), '0'),
        t.step, c.id, NULL, t.entered, t.struck
    FROM admission_case c JOIN admission_steprecord t ON t.case_id = c.id AND t.struck = {alive}
    LEFT JOIN admission_stepdetail d ON d.case_id = t.case_id AND d.step = t.step AND d.occurrence = t.occurrence AND d.struck = {alive}
    WHERE c.person_id = %(person)s
    UNION ALL
    SELECT 'end', d.ended_on, NULL, NULL, d.how || %(sep)s || CAST(c.uid AS text), 0, c.id, NULL, d.entered, d.struck
    FROM admission_case c JOIN admission_caseend d ON d.case_id = c.id AND d.struck = {alive}
    WHERE c.person_id = %(person)s
    UNION ALL
    SELECT 'return', d.returned_on, NULL, NULL, d.why || %(sep)s || d.reason || %(sep)s || CAST(c.uid AS text), d.step, c.id, NULL, d.entered, d.struck
    FROM admission_case c JOIN admission_casereturn d ON d.case_id = c.id AND d.struck = {alive}
    WHERE c.person_id = %(person)s
    UNION ALL
    SELECT 'rest', d.since, d.until, NULL,
        CASE WHEN d.counts THEN '1' ELSE '' END || %(sep)s || d.reason || %(sep)s || CAST(c.uid AS text), 0, c.id, NULL, d.entered, d.struck
    FROM admission_case c JOIN admission_caserest d ON d.case_id = c.id AND d.struck = {alive}
    WHERE c.person_id = %(person)s
    UNION ALL
    SELECT 'waits', d.held_on, NULL, NULL, CAST(c.uid AS text), d.step, c.id, NULL, d.entered, d.struck
    FROM admission_case c JOIN admission_lateentry d ON d.case_id = c.id AND d.struck = {alive}
    WHERE c.person_id = %(person)s
) AS f
LEFT JOIN journal_entry e ON e.seq = f.entered
LEFT JOIN people_person o ON o.id = f.other
LEFT JOIN people_personrecord n ON n.person_id = f.other
    AND n.since <= %(day)s AND n.until > %(day)s AND n.struck = {alive}
LEFT JOIN people_belonging b ON b.person_id = f.other
    AND b.since <= %(day)s AND b.until > %(day)s AND b.struck = {alive}
