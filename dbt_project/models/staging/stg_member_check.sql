-- grain: one row per school, partnership, object type, object, checked on and group
{{ current_rows('member_check', 'member_checks') }}
