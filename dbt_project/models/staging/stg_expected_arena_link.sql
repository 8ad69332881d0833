-- grain: one row per school, version of its loop model and arrow
{{ current_rows('expected_arena_link', 'expected_arena_links') }}
