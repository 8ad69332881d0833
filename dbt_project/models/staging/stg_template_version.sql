-- grain: one row per school, template version and phase no
{{ current_reference_rows('template_version', 'template_versions', ['template_version_id', 'phase_no']) }}
