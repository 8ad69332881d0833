-- grain: one row per school, partnership, mirror and meeting
{{ current_rows('mirror_presentation', 'mirror_presentations') }}
