package com.ourvidz.core.job;

import com.ourvidz.core.asset.Asset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A job as the platform keeps it.
 *
 * @param attempt how many times a worker has taken it; 0 while no one has
 * @param version 1 at first, and one more with each change of status, progress or stage
 * @param report what the worker reported on completion: seeds, generation_time, steps and so on, by their documented names
 * @param assets the published assets in order; empty until completed
 * @param readable false when another version has ordered what this one does not know: the order is then what could be read of it, with
 *     any type where the job's own is unknown
 */
public record Job(
        UUID id,
        String userId,
        JobOrder order,
        Instant createdAt,
        JobState state,
        int attempt,
        long version,
        Map<String, Object> report,
        List<Asset> assets,
        boolean readable) {}
