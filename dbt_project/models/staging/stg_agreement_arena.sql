-- grain: one row per school, agreement, version and arena
{{ current_rows('agreement_arena', 'agreement_arenas') }}
