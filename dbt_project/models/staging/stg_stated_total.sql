-- grain: one row per school, partnership, measure, period and slice
{{ current_rows('stated_total', 'stated_totals', own_partnership=true) }}
