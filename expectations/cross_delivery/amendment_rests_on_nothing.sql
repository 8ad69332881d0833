with decided as ({{ decisions_of_partnership }}), met as ({{ meetings_of_partnership }})
select row.school_id, row.file_id, row.row_number, row.change_basis_ref as value
from {{ rows }} as row
where
    row.version_no > 1
    and row.change_basis_ref is not null
    and not exists (
        select 1
        from decided
        where
            decided.school_id = row.school_id
            and decided.of_partnership in ('', row.partnership_id)
            and decided.decision_id = row.change_basis_ref
            and decided.decided_on <= row.valid_from
    )
    and (
        -- a decision of the code goes before a meeting of the code
        exists (
            select 1
            from decided
            where
                decided.school_id = row.school_id
                and decided.of_partnership in ('', row.partnership_id)
                and decided.decision_id = row.change_basis_ref
        )
        or not exists (
            select 1
            from met
            where
                met.school_id = row.school_id
                and met.of_partnership in ('', row.partnership_id)
                and met.meeting_id = row.change_basis_ref
                and met.meeting_date <= row.valid_from
                and coalesce(
                    (
                        select bool_or(done.activity_code = 'agreement_evaluation')
                        from {{ meeting_activity }} as done
                        where done.school_id = met.school_id and done.meeting_id = met.meeting_id
                    ),
                    true
                )
        )
    )
