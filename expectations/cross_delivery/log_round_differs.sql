select row.school_id, row.file_id, min(row.row_number) as row_number, row.submitted_n::text as value
from {{ rows }} as row
inner join {{ log_round }} as round using (school_id, partnership_id, loop_no, round_no)
where round.submitted_n <> row.submitted_n
group by row.school_id, row.file_id, row.partnership_id, row.loop_no, row.round_no, row.submitted_n
