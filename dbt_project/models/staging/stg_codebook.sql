-- grain: one row per school, codebook version and code
{{ current_reference_rows('codebook', 'codebooks', ['codebook_version_id', 'code']) }}
