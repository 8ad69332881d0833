-- Labels of the measures of the indicators in force.
select indicator_id, slice, indicator_measure.label_nb, indicator_measure.label_nn, indicator_measure.label_en
from published.indicator_measure
inner join published.indicator using (indicator_id, definition_version)
where is_current
