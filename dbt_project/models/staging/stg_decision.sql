-- grain: one row per school and decision
{{ current_rows('decision', 'decisions') }}
