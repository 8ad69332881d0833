-- grain: one row per school and meeting
{{ current_rows('meeting', 'meetings') }}
