-- grain: one row per school, team, first day and related team
{{ current_rows('team', 'teams') }}
