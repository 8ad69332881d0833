-- grain: one row per school, from codebook version, from code, to codebook version and to code
{{ current_rows('code_crosswalk', 'code_crosswalk') }}
