-- grain: one row per school, partnership, loop and round
{{ current_rows('log_round', 'log_rounds', own_partnership=true) }}
