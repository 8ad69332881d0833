-- grain: one row per school, partnership, loop and arrow
{{ current_rows('arena_link', 'arena_links', own_partnership=true) }}
