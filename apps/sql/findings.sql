-- Findings by file, place and kind of rule; never what was written there.
select
    file.file_name,
    to_char(file.received_on, 'DD.MM.YYYY') as received,
    file.status,
    finding.sheet,
    finding.column,
    finding.rule,
    finding.severity,
    count(*) as findings,
    min(finding.row_number) as first_row
from quality.finding as finding
inner join inbox.file as file using (file_id)
where finding.state = 'open'
group by 1, 2, 3, 4, 5, 6, 7, file.file_id
order by file.file_id, 4, 5, 6
