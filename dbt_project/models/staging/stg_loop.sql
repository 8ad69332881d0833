-- grain: one row per school, partnership and loop
{{ current_rows('loop', 'loops', own_partnership=true) }}
