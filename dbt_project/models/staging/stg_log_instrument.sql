-- grain: one row per school, log instrument version and item
{{ current_rows('log_instrument', 'log_instruments') }}
