-- grain: one row per school, agreement and version
{{ current_rows('agreement_version', 'agreement_versions', own_partnership=true) }}
