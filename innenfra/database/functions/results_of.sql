-- what those who answered a log may see by the school's link: the answers as partners see them, the mirror
-- data that the school has not refused, and what was decided; nothing by a link that is closed or over
select
    jsonb_build_object(
        'school',
        school.name,
        'loop',
        link.loop_no,
        'until',
        link.expires_on,
        'release',
        (select max(release.release_id) from published.release as release where release.state = 'published'),
        'answers',
        (
            select
                coalesce(
                    jsonb_agg(
                        to_jsonb(shown) || jsonb_build_object(
                            'item', shown.slice ->> 'item', 'answer', shown.slice ->> 'answer'
                        )
                        order by indicator.sort_no, shown.slice ->> 'item', shown.slice ->> 'answer'
                    ),
                    '[]'
                )
            from published.indicator_value as shown
            inner join published.indicator as indicator using (indicator_id, definition_version)
            inner join
                published.indicator_measure as measure
                on shown.indicator_id = measure.indicator_id
                and shown.definition_version = measure.definition_version
                and measure.slice = '{}'
                and measure.disclosure in ('distribution', 'respondents')
            where
                indicator.is_current
                and shown.unit_level = 'school'
                and shown.school_id = link.school_id
                and shown.partnership_id is not distinct from link.partnership_id
                and shown.period_type = 'loop'
                and shown.period::int <= link.loop_no
                and (measure.disclosure = 'distribution' or shown.indicator_id = 'E3')
        ),
        'items',
        (
            select
                coalesce(
                    jsonb_agg(
                        jsonb_build_object('text', item.text, 'form', item.form) order by item.mirror_id
                    ),
                    '[]'
                )
            from published.mirror_item as item
            where
                item.school_id = link.school_id
                and item.partnership_id = link.partnership_id
                and item.loop_no = link.loop_no
                and item.text is not null
                and item.first_presented_on is not null
                and not item.is_unrecognised
        ),
        'decisions',
        (
            select
                coalesce(
                    jsonb_agg(
                        jsonb_build_object('text', decision.text, 'from_loop', decision.effective_loop_no)
                        order by decision.decided_on, decision.decision_id
                    ),
                    '[]'
                )
            from published.decision as decision
            where
                decision.school_id = link.school_id
                and decision.partnership_id = link.partnership_id
                and decision.effective_loop_no = link.loop_no + 1
                and decision.text is not null
                and not decision.awaits_school
        )
    )
from dialogue.results_link as link
inner join published.school as school on school.school_id = link.school_id
where link.token_hash = with_hash and link.closed_at is null and link.expires_on >= current_date
