-- grain: one row per school, meeting and activity
{{ current_rows('meeting_activity', 'meeting_activities') }}
