package com.ourvidz.adapters.sql;

import com.ourvidz.core.Fence;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which rows of {@code jobs} a statement is about, and its named parameters. Whoever runs the statement adds {@code now}, the time, and
 * {@code leaseTime}, the time by which leases are counted, in milliseconds.
 */
record Condition(String sql, Map<String, Object> parameters) {

    static Condition of(String sql) {
        return new Condition(sql, Map.of());
    }

    /** The one row that the fence names, while its lease lasts. */
    static Condition held(Fence fence) {
        return of("""
                status = 'processing' AND id = :job AND attempt = :attempt AND lease_token = :token
                AND lease_until > :leaseTime""")
                .with("job", fence.jobId().toString())
                .with("attempt", fence.attempt())
                .with("token", fence.leaseToken());
    }

    Condition and(String more) {
        return new Condition(sql + " AND " + more, parameters);
    }

    /** With one more condition on a parameter, when there is a value for it. */
    Condition andIf(String more, String parameter, Optional<?> value) {
        return value.isPresent() ? and(more).with(parameter, value.get()) : this;
    }

    Condition with(String parameter, Object value) {
        var more = new HashMap<>(parameters);
        more.put(parameter, value);
        return new Condition(sql, more);
    }
}
