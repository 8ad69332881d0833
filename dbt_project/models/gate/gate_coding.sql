{{ config(alias='coding') }}
-- grain: as in the mart of the same name, with the class of the indicator; counts of coded units, not of
-- people
-- depends_on: {{ ref('failed_control') }}
select coding.*, indicator.comparability_class
from {{ ref('coding') }} as coding
inner join
    {{ ref('indicator') }} as indicator
    on coding.indicator_id = indicator.indicator_id
    and indicator.is_current
