-- What the person may see now, as one short text to compare.
select
    authz.is_known() as known,
    md5(
        concat_ws(
            '/',
            authz.visible_schools(),
            authz.visible_measures(),
            authz.visible_levels(),
            authz.visible_units('municipality'),
            authz.visible_units('county'),
            authz.visible_units('school_owner'),
            authz.visible_units('institution'),
            authz.visible_partnerships()
        )
    ) as digest
