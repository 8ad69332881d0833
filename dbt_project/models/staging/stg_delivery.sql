-- grain: one row per file, file type and period, also those replaced since
select * from {{ source('inbox', 'delivery') }}
