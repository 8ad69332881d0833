-- grain: one row per school, partnership, loop, team, template version and phase
{{ current_rows('team_loop_phase', 'team_loop_phases', own_partnership=true) }}
