-- grain: one row per school, partnership, agreement, version and partnership year
{{ current_rows('agreement_plan_year', 'agreement_plan_years') }}
