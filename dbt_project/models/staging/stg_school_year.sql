-- grain: one row per school and school year
{{ current_rows('school_year', 'school_year') }}
