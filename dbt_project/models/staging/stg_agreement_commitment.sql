-- grain: one row per school, agreement, version and commitment
{{ current_rows('agreement_commitment', 'agreement_commitments') }}
