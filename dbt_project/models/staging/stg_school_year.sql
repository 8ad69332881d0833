-- grain: one row per school, partnership and school year
{{ current_rows('school_year', 'school_year') }}
