-- grain: one row per school and mirror
{{ current_rows('mirror_item', 'mirror_items', own_partnership=true) }}
