-- grain: one row per school, codebook version and code
{{ current_rows('codebook', 'codebooks') }}
