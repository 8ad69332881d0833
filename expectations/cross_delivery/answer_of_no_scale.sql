select row.school_id, row.file_id, row.row_number, row.answer_code as value
from {{ rows }} as row
inner join
    lateral(
        select form.answer_codes
        from {{ log_instrument }} as form
        where
            form.school_id = row.school_id
            and form.log_instrument_version_id = row.log_instrument_version_id
            and form.item_id = row.item_id
        order by form.file_id desc
        limit 1
    ) as form
    on true
where
    row.answer_code <> '{{ no_answer }}'
    and form.answer_codes is not null
    and not row.answer_code = any(string_to_array(form.answer_codes, ' '))
