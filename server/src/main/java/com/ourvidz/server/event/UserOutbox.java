package com.ourvidz.server.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;

/**
 * All jobs of a user for a client: of each the newest state alone, and only where it says something new. An event's id is the moment before
 * which nothing ended that the client was not told of. Where more waits to be told this does not hold yet, and the event has none.
 */
final class UserOutbox implements Outbox {

    private static final String RELOAD = "event: reload\ndata: {}\n\n";

    /** What a client knows of a job, without the JSON. */
    private record Told(long version, Shown shown) {

        static Told of(JobEvent event) {
            var shown = event.shown();
            return new Told(event.version(), new Shown(shown.place(), shown.preview(), ""));
        }

        boolean says(JobEvent event) {
            return version == event.version() && shown.isLike(event.shown());
        }
    }

    private final SequencedMap<UUID, JobEvent> pending = new LinkedHashMap<>();
    private final Map<UUID, Told> told = new HashMap<>();
    private Instant upTo;
    private String remark;

    /** @param upTo the moment before which nothing ended that the client was not told of */
    UserOutbox(Instant upTo) {
        this.upTo = upTo;
        this.remark = BEGINNING + id() + "\n";
    }

    void offer(JobEvent event) {
        var known = told.get(event.job());
        if (known != null && known.says(event)) {
            pending.remove(event.job());
        } else {
            pending.put(event.job(), event);
        }
    }

    /** All that ended before the moment has been offered. */
    void upTo(Instant moment) {
        upTo = moment;
    }

    /** Tells the client to ask for its jobs: more may have ended than is offered. */
    void reload() {
        remark += RELOAD;
    }

    @Override
    public void comment() {
        if (remark.isEmpty()) {
            remark = COMMENT;
        }
    }

    @Override
    public Optional<byte[]> take() {
        var text = remark + next();
        remark = "";
        return Optional.of(text).filter(it -> !it.isEmpty()).map(it -> it.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean ended() {
        return false;
    }

    private String next() {
        var first = pending.pollFirstEntry();
        if (first == null) {
            return "";
        }
        var event = first.getValue();
        told.put(event.job(), Told.of(event));
        return pending.isEmpty() ? id() + event.unnumbered() : event.unnumbered();
    }

    private String id() {
        return "id: " + upTo.toEpochMilli() + "\n";
    }
}
