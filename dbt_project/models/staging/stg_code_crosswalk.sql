-- grain: one row per school, from codebook version, from code, to codebook version and to code
{{
    current_reference_rows(
        'code_crosswalk',
        'code_crosswalk',
        ['from_codebook_version_id', 'from_code', 'to_codebook_version_id', 'to_code'],
    )
}}
