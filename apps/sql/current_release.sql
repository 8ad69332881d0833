-- The newest published release.
select release_id, to_char(released_at at time zone 'Europe/Oslo', 'DD.MM.YYYY') as date
from published.release
where state = 'published'
order by release_id desc
limit 1
