-- grain: one row per key of the register, dated where the register is
select * from {{ source('register', 'grant_year') }}
