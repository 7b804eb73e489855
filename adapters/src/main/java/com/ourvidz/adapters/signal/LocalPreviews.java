package com.ourvidz.adapters.signal;

import com.ourvidz.core.job.Preview;
import com.ourvidz.core.job.Previews;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Previews in the memory of one server: of the {@value #JOBS} jobs that last got their first one. */
public final class LocalPreviews implements Previews {

    static final int JOBS = 256;

    private final Map<UUID, Preview> newest = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Preview> eldest) {
            return size() > JOBS;
        }
    };

    @Override
    public synchronized void put(UUID job, Preview preview) {
        newest.put(job, preview);
    }

    @Override
    public synchronized Optional<Preview> newest(UUID job) {
        return Optional.ofNullable(newest.get(job));
    }

    @Override
    public synchronized void drop(UUID job) {
        newest.remove(job);
    }
}
