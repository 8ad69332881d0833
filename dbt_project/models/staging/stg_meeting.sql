-- grain: one row per school, partnership and meeting
{{ current_rows('meeting', 'meetings') }}
