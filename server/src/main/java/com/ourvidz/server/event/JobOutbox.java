package com.ourvidz.server.event;

import com.ourvidz.core.job.JobState.Status;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One job for a client: its newest state alone, however many the client was too slow for. Ends with the job. */
final class JobOutbox implements Outbox {

    private String remark = BEGINNING + "\n";
    private Optional<JobEvent> newest = Optional.empty();
    private long version;
    private String data = "";
    private boolean ended;

    /**
     * For a client that has seen the job's versions up to one.
     *
     * @param version 0 for none
     */
    JobOutbox(long version) {
        this.version = version;
    }

    void offer(JobEvent event) {
        newest = Optional.of(event);
    }

    @Override
    public void comment() {
        remark = COMMENT;
    }

    @Override
    public Optional<byte[]> take() {
        var text = remark + newest.map(this::told).orElse("");
        remark = "";
        newest = Optional.empty();
        return Optional.of(text).filter(it -> !it.isEmpty()).map(it -> it.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean ended() {
        return ended;
    }

    private String told(JobEvent event) {
        var changed = event.version() != version;
        var moved = event.status() == Status.QUEUED && !event.shown().json().equals(data);
        version = event.version();
        data = event.shown().json();
        ended = JobEvent.isLast(event.status());
        if (changed) {
            return event.numbered();
        }
        return moved ? event.unnumbered() : "";
    }
}
