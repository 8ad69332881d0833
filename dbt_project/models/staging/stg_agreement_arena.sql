-- grain: one row per school, partnership, agreement, version and arena
{{ current_rows('agreement_arena', 'agreement_arenas') }}
