-- grain: one row per school, partnership, school year, loop no, arena, codebook version and code
{{ current_rows('coded_count', 'coded_counts', own_partnership=true) }}
