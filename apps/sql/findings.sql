-- What waits for someone: open findings by file, place and kind of rule; never what was written there.
select
    file.file_name,
    school.name as school_name,
    school.school_code,
    to_char(file.received_on, 'DD.MM.YYYY') as received,
    file.status,
    finding.sheet,
    finding.column,
    finding.rule,
    finding.severity,
    finding.owner,
    count(*) as findings,
    min(finding.row_number) as first_row
from quality.finding as finding
inner join inbox.file as file using (file_id)
left join published.school as school using (school_id)
where finding.state = 'open'
group by
    file.file_id,
    file.file_name,
    school.name,
    school.school_code,
    file.received_on,
    file.status,
    finding.sheet,
    finding.column,
    finding.rule,
    finding.severity,
    finding.owner
order by finding.severity, file.file_id, finding.sheet, finding.column
