-- Cases in two statements that run unchanged on SQLite and PostgreSQL; {alive} is the mark of rows not struck, %(sep)s stands between texts.
-- {cases} and {people} are the ids asked for; the first column says whose a row is, a case's or a person's.

-- name: steps
-- Every live record with what is said of it, the ballot it rests on, and when it was written down.
SELECT t.case_id, t.step, t.occurrence, t.held_on, d.outcome, d.document, d.place, d.people, d.note, d.days, d.hours, d.months, d.reason,
    d.is_late, d.is_imported, e.at, t.entered, t.id, m.motion_id
FROM admission_steprecord t
LEFT JOIN admission_stepdetail d ON d.case_id = t.case_id AND d.step = t.step AND d.occurrence = t.occurrence AND d.struck = {alive}
LEFT JOIN admission_stepmotion m ON m.case_id = t.case_id AND m.step = t.step AND m.occurrence = t.occurrence AND m.struck = {alive}
LEFT JOIN journal_entry e ON e.seq = t.entered
WHERE t.case_id IN ({cases}) AND t.struck = {alive}
ORDER BY t.case_id, t.step, t.occurrence

-- name: around
-- Everything else the rules look at: part, whose, day since, day until, a further day, texts, number, further number.
SELECT 'end' AS part, case_id AS owner, ended_on AS since, CAST(NULL AS date) AS until, CAST(NULL AS date) AS more, how AS words,
    CAST(0 AS bigint) AS number, CAST(0 AS bigint) AS extra, entered
FROM admission_caseend WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'edition', case_id, NULL, NULL, NULL, edition, 0, 0, entered FROM admission_caseedition WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'rest', case_id, since, until, NULL, reason, CASE WHEN counts THEN 1 ELSE 0 END, 0, entered
FROM admission_caserest WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'exemption', case_id, granted_on, NULL, NULL, rule || %(sep)s || granted_by || %(sep)s || reason || %(sep)s || document, step, 0, entered
FROM admission_exemption WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'late', case_id, held_on, NULL, NULL, CAST(uid AS text) || %(sep)s || reason, step, occurrence, entered
FROM admission_lateentry WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'person', r.person_id, r.born_on, NULL, NULL, r.name || %(sep)s || r.sex, 0, 0, r.entered
FROM people_personrecord r WHERE r.person_id IN ({people}) AND r.struck = {alive} AND r.until = %(forever)s
UNION ALL
SELECT 'membership', person_id, membership_on, probation_end_on, ended_on, approval || %(sep)s || ended_how, cycle, 0, entered
FROM people_membership WHERE person_id IN ({people}) AND struck = {alive}
UNION ALL
SELECT 'belonging', person_id, since, until, NULL, CASE WHEN since_known THEN 'known' ELSE '' END, unit_id, 0, entered
FROM people_belonging WHERE person_id IN ({people}) AND struck = {alive}
UNION ALL
SELECT 'death', person_id, changed_on, NULL, NULL, '', 0, 0, entered
FROM people_statuschange WHERE person_id IN ({people}) AND struck = {alive} AND change = 'deceased'
UNION ALL
SELECT 'leaving', t.person_id, NULL, NULL, NULL, t.kind, t.id, 0, t.entered
FROM people_transfer t
WHERE t.person_id IN ({people}) AND NOT EXISTS (
    SELECT 1 FROM people_transferstate s WHERE s.transfer_id = t.id AND s.struck = {alive} AND s.state <> 'issued'
) AND EXISTS (SELECT 1 FROM people_transferstate s WHERE s.transfer_id = t.id AND s.struck = {alive})
UNION ALL
SELECT 'moved', t.person_id, s.happened_on, NULL, NULL, t.kind, t.id, 0, s.entered
FROM people_transfer t JOIN people_transferstate s ON s.transfer_id = t.id AND s.struck = {alive} AND s.state = 'received'
WHERE t.person_id IN ({people})
UNION ALL
SELECT 'tie', x.person_id, x.since, x.until, (
        SELECT m.full_member_on FROM people_membership m WHERE m.person_id = x.other_id AND m.struck = {alive} ORDER BY m.cycle DESC LIMIT 1
    ),
    x.kind || %(sep)s || COALESCE(n.name, x.other_text) || %(sep)s || COALESCE((
        SELECT CAST(m.ended_on AS text) FROM people_membership m WHERE m.person_id = x.other_id AND m.struck = {alive} ORDER BY m.cycle DESC LIMIT 1
    ), ''),
    COALESCE(x.other_id, 0), x.position, x.entered
FROM people_tie x
LEFT JOIN people_personrecord n ON n.person_id = x.other_id AND n.struck = {alive} AND n.until = %(forever)s
WHERE x.person_id IN ({people}) AND x.struck = {alive} AND x.kind IN ('contact', 'introducer')
UNION ALL
SELECT 'barred', s.person_id, s.since, s.until, NULL, '', s.person_id, 0, s.entered
FROM people_membershipstate s
WHERE s.struck = {alive} AND s.state = 'inner_probation' AND s.person_id IN (
    SELECT x.other_id FROM people_tie x WHERE x.person_id IN ({people}) AND x.struck = {alive} AND x.kind IN ('contact', 'introducer')
)
UNION ALL
SELECT 'notice', l.case_id, r.posted_on, r.closes_on, NULL, n.kind || %(sep)s || CAST(n.uid AS text), n.id, 0, r.entered
FROM admission_casenotice l
JOIN publicity_notice n ON n.id = l.notice_id
JOIN publicity_noticerecord r ON r.notice_id = n.id AND r.struck = {alive}
WHERE l.case_id IN ({cases})
UNION ALL
SELECT 'objection', l.case_id, r.received_on, NULL, c.concluded_on, COALESCE(n.kind, '') || %(sep)s || COALESCE(c.effect, ''), o.id, 0, r.entered
FROM admission_caseobjection l
JOIN publicity_objection o ON o.id = l.objection_id
JOIN publicity_objectionrecord r ON r.objection_id = o.id AND r.struck = {alive}
LEFT JOIN publicity_objectionconclusion c ON c.objection_id = o.id AND c.struck = {alive}
LEFT JOIN publicity_notice n ON n.id = o.notice_id
WHERE l.case_id IN ({cases})
UNION ALL
SELECT 'round', l.case_id, r.sent_on, r.due_on, NULL, j.round || %(sep)s || CAST(j.uid AS text), l.id, (
    SELECT COUNT(*) FROM admission_jointreviewbody b WHERE b.review_id = j.id
), r.entered
FROM admission_jointreviewcase l
JOIN admission_jointreview j ON j.id = l.review_id
JOIN admission_jointreviewrecord r ON r.review_id = j.id AND r.struck = {alive}
WHERE l.case_id IN ({cases})
UNION ALL
SELECT 'answer', l.case_id, a.answered_on, NULL, NULL, a.answer, l.id, 0, a.entered
FROM admission_jointreviewcase l
JOIN admission_jointreviewanswer a ON a.review_case_id = l.id AND a.struck = {alive}
WHERE l.case_id IN ({cases})
UNION ALL
SELECT 'conclusion', l.case_id, c.concluded_on, NULL, NULL, c.effect, l.id, 0, c.entered
FROM admission_jointreviewcase l
JOIN admission_jointconclusion c ON c.review_case_id = l.id AND c.struck = {alive}
WHERE l.case_id IN ({cases})
UNION ALL
SELECT 'review', case_id, reviewed_on, NULL, NULL, point || %(sep)s || outcome || %(sep)s || digest, 0, 0, entered
FROM admission_review WHERE case_id IN ({cases}) AND struck = {alive}
UNION ALL
SELECT 'sampled', l.case_id, m.drawn_on, NULL, NULL, m.kind, m.id, 0, l.entered
FROM admission_sampledcase l
JOIN oversight_sample m ON m.id = l.sample_id AND m.kind = 'county_review'
WHERE l.case_id IN ({cases})
