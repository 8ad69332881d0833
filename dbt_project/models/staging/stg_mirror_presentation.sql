-- grain: one row per school, mirror and meeting
{{ current_rows('mirror_presentation', 'mirror_presentations') }}
