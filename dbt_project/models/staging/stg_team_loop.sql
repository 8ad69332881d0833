-- grain: one row per school, partnership, loop and team
{{ current_rows('team_loop', 'team_loops', own_partnership=true) }}
