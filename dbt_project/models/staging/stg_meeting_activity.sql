-- grain: one row per school, partnership, meeting and activity
{{ current_rows('meeting_activity', 'meeting_activities') }}
