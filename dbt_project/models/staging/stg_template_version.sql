-- grain: one row per school, template version and phase no
{{ current_rows('template_version', 'template_versions') }}
