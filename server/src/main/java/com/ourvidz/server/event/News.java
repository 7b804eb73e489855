package com.ourvidz.server.event;

import static java.util.stream.Collectors.toSet;

import com.ourvidz.core.job.Job;
import com.ourvidz.core.job.JobState;
import com.ourvidz.core.job.JobStore;
import com.ourvidz.server.event.EventStream.OfUser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads jobs for all streams at once and tells each what it watches. One thread calls this. */
final class News {

    /** For how long what has ended may not be seen to have: by then its transaction is committed, and clocks differ by less. */
    static final Duration MARGIN = Duration.ofSeconds(10);

    /** The most ended jobs that a client is told of when it comes back. */
    static final int MOST_MISSED = 100;

    /** The most ended jobs that are read between two looks at all streams. */
    private static final int MOST_ENDED = 1000;

    private final JobStore jobs;
    private final InstantSource clock;
    private final Set<OfUser> begun = new HashSet<>();
    private Instant upTo;

    News(JobStore jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
        this.upTo = moment();
    }

    /** Before which all that has ended can be seen. */
    Instant moment() {
        return clock.instant().minus(MARGIN);
    }

    /** These jobs have changed. */
    void ofJobs(Set<UUID> changed, Collection<EventStream> streams) {
        var audience = Audience.of(streams);
        var watched = audience.watched(changed);
        if (!watched.isEmpty()) {
            audience.tell(jobs.findAll(watched), this::place);
        }
    }

    /** Any job may have changed. So many queries, however many streams there are. */
    void ofAll(Collection<EventStream> streams) {
        ofNewUsers(streams);
        begun.retainAll(streams);
        var moment = moment();
        var audience = Audience.of(streams);
        audience.tell(open(audience), new Line(jobs)::place);
        var ended = ended(begun.stream().map(OfUser::userId).collect(toSet()));
        audience.tell(ended, job -> Optional.empty());
        if (ended.size() == MOST_ENDED) {
            begun.forEach(OfUser::reload);
        }
        begun.forEach(stream -> stream.upTo(moment));
        upTo = moment;
    }

    /** Tells those who have come since how their jobs stand, and what ended while they were away. */
    void ofNewUsers(Collection<EventStream> streams) {
        var line = new Line(jobs);
        for (var stream : streams) {
            if (stream instanceof OfUser user && !begun.contains(user)) {
                begin(user, line);
                begun.add(user);
            }
        }
    }

    private void begin(OfUser stream, Line line) {
        var moment = moment();
        var user = Set.of(stream.userId());
        jobs.open(user).forEach(job -> stream.offer(job, line.place(job)));
        var ended = jobs.ended(user, stream.since(), MOST_MISSED);
        ended.forEach(job -> stream.offer(job, Optional.empty()));
        if (ended.size() == MOST_MISSED || stream.since().isAfter(clock.instant())) {
            stream.reload();
        }
        stream.upTo(moment);
    }

    private List<Job> open(Audience audience) {
        var single = audience.ofJobs().keySet();
        var users = audience.ofUsers().keySet();
        return Stream.concat(
                        (single.isEmpty() ? List.<Job>of() : jobs.findAll(single)).stream(),
                        (users.isEmpty() ? List.<Job>of() : jobs.open(users)).stream())
                .toList();
    }

    private List<Job> ended(Set<String> users) {
        return users.isEmpty() ? List.of() : jobs.ended(users, upTo, MOST_ENDED);
    }

    private Optional<Integer> place(Job job) {
        return job.state() instanceof JobState.Queued ? jobs.queuePosition(job.id()) : Optional.empty();
    }
}
