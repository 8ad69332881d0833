-- grain: one row per school, partnership, version of its loop model and arrow
{{ current_rows('expected_arena_link', 'expected_arena_links') }}
