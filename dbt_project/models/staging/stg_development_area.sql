-- grain: one row per school, partnership and area
{{ current_rows('development_area', 'development_areas', own_partnership=true) }}
