-- Who coded what stands behind values from coded material, in the periods of one clock.
select
    school_id,
    partnership_id,
    indicator_id,
    period,
    coded_by,
    units_n,
    double_coded_n,
    agreement_measure,
    agreement_value::float
from published.coding
where period_type = %(kind)s
