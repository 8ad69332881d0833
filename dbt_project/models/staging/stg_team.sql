-- grain: one row per school, partnership, team, first day and related team
{{ current_rows('team', 'teams') }}
