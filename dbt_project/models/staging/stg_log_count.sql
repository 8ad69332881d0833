-- grain: one row per school, partnership, loop, round, item and answer
{{ current_rows('log_count', 'log_counts', own_partnership=true) }}
