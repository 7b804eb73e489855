package com.ourvidz.server.event;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import com.ourvidz.core.job.Job;
import com.ourvidz.server.event.EventStream.OfJob;
import com.ourvidz.server.event.EventStream.OfUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Who is to be told of which job. */
record Audience(Map<UUID, List<OfJob>> ofJobs, Map<String, List<OfUser>> ofUsers) {

    static Audience of(Collection<EventStream> streams) {
        return new Audience(
                streams.stream()
                        .filter(OfJob.class::isInstance)
                        .map(OfJob.class::cast)
                        .collect(groupingBy(OfJob::job)),
                streams.stream()
                        .filter(OfUser.class::isInstance)
                        .map(OfUser.class::cast)
                        .collect(groupingBy(OfUser::userId)));
    }

    /** Those of the jobs that somebody may watch: whose a job is has to be read. */
    Set<UUID> watched(Set<UUID> jobs) {
        return ofUsers.isEmpty() ? jobs.stream().filter(ofJobs::containsKey).collect(toSet()) : jobs;
    }

    /** @param place in the queue, from 1; empty where a job does not wait */
    void tell(List<Job> jobs, Function<Job, Optional<Integer>> place) {
        for (var job : jobs) {
            tell(job, place.apply(job));
        }
    }

    private void tell(Job job, Optional<Integer> place) {
        ofJobs.getOrDefault(job.id(), List.of()).forEach(stream -> stream.offer(job, place));
        ofUsers.getOrDefault(job.userId(), List.of()).forEach(stream -> stream.offer(job, place));
    }
}
