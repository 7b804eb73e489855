package com.ourvidz.server.event;

import com.ourvidz.core.job.JobState.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a client is to get next: the newest state of its job alone, however many it was too slow for. Not safe for use by several
 * threads.
 */
final class Outbox {

    /** In milliseconds, for browsers that lose the connection. */
    private static final String BEGINNING = "retry: 1000\n\n";

    private static final String COMMENT = ":\n\n";

    private String remark = BEGINNING;
    private Optional<JobEvent> newest = Optional.empty();
    private long version;
    private String data = "";
    private boolean ended;

    /**
     * For a client that has seen the job's versions up to one.
     *
     * @param version 0 for none
     */
    Outbox(long version) {
        this.version = version;
    }

    void offer(JobEvent event) {
        newest = Optional.of(event);
    }

    /** Keeps the connection alive where nothing else does. */
    void comment() {
        remark = COMMENT;
    }

    /** The next bytes; empty when there is nothing to say. */
    Optional<byte[]> take() {
        var text = remark + newest.map(this::told).orElse("");
        remark = "";
        newest = Optional.empty();
        return Optional.of(text).filter(it -> !it.isEmpty()).map(it -> it.getBytes(StandardCharsets.UTF_8));
    }

    /** That the last event was taken. */
    boolean ended() {
        return ended;
    }

    private String told(JobEvent event) {
        var changed = event.version() != version;
        var moved = event.status() == Status.QUEUED && !event.data().equals(data);
        version = event.version();
        data = event.data();
        ended = JobEvent.isLast(event.status());
        if (changed) {
            return event.numbered();
        }
        return moved ? event.unnumbered() : "";
    }
}
