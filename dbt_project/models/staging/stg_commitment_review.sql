-- grain: one row per school, partnership, agreement, version, commitment, school year and assessing party
{{ current_rows('commitment_review', 'commitment_reviews') }}
