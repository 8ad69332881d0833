-- grain: one row per school, partnership and decision
{{ current_rows('decision', 'decisions') }}
