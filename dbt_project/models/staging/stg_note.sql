-- grain: one row per school, partnership, note type, code, school year and first loop no
{{ current_rows('note', 'notes', own_partnership=true) }}
