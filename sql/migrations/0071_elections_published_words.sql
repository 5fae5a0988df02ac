-- 0071 · elections · what people wrote is not published
-- The published result tells that there were incidents, later closings, remarks and challenges, and how these were
-- decided; the words that people wrote of them, where others may be named, stay in the acta. What was published before
-- is brought to that shape.
-- Locks: row locks on elections.published_results. Undo: a later migration.

update elections.published_results
set report = report || jsonb_build_object(
    'postponements', '[]'::jsonb, 'waivers', '[]'::jsonb,
    'extensions', (
        select coalesce(jsonb_agg(jsonb_build_object('what', regexp_replace(words, ' \(.*\)$', ''))), '[]'::jsonb)
        from jsonb_array_elements_text(report -> 'extensions') as old (words)),
    'remarks', (
        select coalesce(jsonb_agg(remark - 'body'), '[]'::jsonb)
        from jsonb_array_elements(report -> 'remarks') as old (remark)),
    'challenges', (
        select coalesce(jsonb_agg(challenge - 'reason'), '[]'::jsonb)
        from jsonb_array_elements(report -> 'challenges') as old (challenge)));
