package com.ourvidz.core.job;

import java.util.Optional;
import java.util.UUID;

/** The newest preview of each running job. Hints: one that is lost is missed by nobody, and the next comes with a heartbeat soon. */
public interface Previews {

    /** Keeps the preview in place of the job's earlier one. */
    void put(UUID job, Preview preview);

    Optional<Preview> newest(UUID job);

    /** Forgets the job's. */
    void drop(UUID job);
}
