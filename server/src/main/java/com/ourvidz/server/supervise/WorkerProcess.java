package com.ourvidz.server.supervise;

import com.ourvidz.core.job.JobStore.Death;
import com.ourvidz.server.log.JobOfRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One life of a worker process. It ends when its standard input closes, so it never outlives the server. */
final class WorkerProcess {

    private static final int SIGKILL = 128 + 9;
    private static final int SIGTERM = 128 + 15;
    private static final Duration KILL_TIME = Duration.ofSeconds(5);

    /** As {@code logback-worker.xml} writes them. */
    private static final Pattern RECORD =
            Pattern.compile("[\\d:.]{12} (?<level>DEBUG|INFO|WARN|ERROR) +\\[(?<job>[0-9a-f-]{36})?] (?<message>.*)");

    private final String id;
    private final Process process;
    private final long startedAt = System.nanoTime();
    private final long outOfMemoryKills = OutOfMemoryKills.count();

    private WorkerProcess(String id, Process process) {
        this.id = id;
        this.process = process;
    }

    /** Starts the process; what it prints goes to the log under its id. */
    static WorkerProcess start(String id, List<String> command, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("OURVIDZ_JWT_SECRET"); // no worker's business
        builder.environment().putAll(environment);
        var worker = new WorkerProcess(id, builder.start());
        Thread.ofVirtual().name(id + "-output").start(worker::logOutput);
        return worker;
    }

    String id() {
        return id;
    }

    long pid() {
        return process.pid();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** After the end: whose doing it was. */
    Death death() {
        return switch (process.exitValue()) {
            case 0, SIGTERM -> Death.KILLED;
            case SIGKILL -> OutOfMemoryKills.count() > outOfMemoryKills ? Death.CRASHED : Death.KILLED;
            default -> Death.CRASHED;
        };
    }

    int exitValue() {
        return process.exitValue();
    }

    /** Asks the worker to finish or give back what it has, and kills it when it takes longer than the grace time. */
    void stop(Duration grace) {
        process.destroy();
        if (!ended(grace)) {
            process.destroyForcibly();
            ended(KILL_TIME);
        }
    }

    private boolean ended(Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A worker's own record keeps its level and its job; what its libraries print has neither. */
    private static void log(Logger log, String line) {
        var record = RECORD.matcher(line);
        if (!record.matches()) {
            log.info(line);
            return;
        }
        var entry = log.atLevel(Level.valueOf(record.group("level"))).setMessage(record.group("message"));
        try (var _ = JobOfRecords.of(Optional.ofNullable(record.group("job")))) {
            entry.log();
        }
    }

    private void logOutput() {
        var log = LoggerFactory.getLogger("com.ourvidz.worker." + id);
        try (var lines = process.inputReader().lines()) {
            lines.forEach(line -> log(log, line));
        } catch (UncheckedIOException e) {
            log.debug("The output ended", e);
        }
    }
}
