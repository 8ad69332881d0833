-- whether the very same bytes came before, and whether they count now
select
    file.file_name,
    file.received_on,
    case
        when file.status = 'rejected'
        then 'rejected'
        when exists (select 1 from quality.current_delivery as now where now.file_id = file.file_id)
        then 'counted'
        when file.checked_by_run is null
        then 'received'
        else 'replaced'
    end
from inbox.file as file
where file.sha256 = with_hash and file.school_id = of_school and of_school = any(authz.visible_schools())
