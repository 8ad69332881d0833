-- grain: one row per school, partnership, agreement, version and commitment
{{ current_rows('agreement_commitment', 'agreement_commitments') }}
