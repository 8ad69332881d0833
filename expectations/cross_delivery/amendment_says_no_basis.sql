select row.school_id, row.file_id, row.row_number, null::text as value
from {{ rows }} as row
where row.version_no > 1 and row.change_basis_ref is null
