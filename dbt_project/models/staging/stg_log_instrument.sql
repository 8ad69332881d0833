-- grain: one row per school, log instrument version and item
{{ current_reference_rows('log_instrument', 'log_instruments', ['log_instrument_version_id', 'item_id']) }}
