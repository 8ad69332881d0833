-- Open findings on the files of one school, in its own words; what a reader may not read is not there.
select
    finding.finding_id,
    finding.file_id,
    finding.file_type,
    finding.sheet,
    finding.row_number,
    finding.column,
    finding.value_shown,
    finding.severity,
    finding.owner,
    finding.message_nb,
    finding.message_nn,
    finding.message_en
from quality.finding as finding
inner join inbox.file as file using (file_id)
where file.school_id = %(school)s and finding.state = 'open'
order by finding.file_id desc, finding.finding_id
