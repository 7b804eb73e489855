package com.ourvidz.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A job from its submission to its end, shown on standard error. Ctrl-C cancels it and stops what was started for it. */
final class Following implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Connection connection;
    private final Thread onInterrupt = new Thread(this::cancel, "cancel");
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<UUID> running = Optional.empty();

    Following(Connection connection) {
        this.connection = connection;
        Runtime.getRuntime().addShutdownHook(onInterrupt);
    }

    /** Submits the job and returns it as it is when it has ended. */
    JobView follow(JobRequest request) throws IOException, InterruptedException {
        var accepted = connection.api().submit(request);
        running = Optional.of(accepted.id());
        for (var warning : accepted.warnings()) {
            System.err.println(warning);
        }
        try (var display = ProgressDisplay.onStandardError()) {
            return untilItEnds(accepted.id(), display);
        } finally {
            ended.countDown();
        }
    }

    private JobView untilItEnds(UUID id, ProgressDisplay display) throws IOException, InterruptedException {
        while (true) {
            var job = connection.api().job(id);
            if (!job.hasFailed()) {
                display.show(job.percent(), job.doing());
            }
            if (job.hasEnded()) {
                return job;
            }
            Thread.sleep(POLL);
        }
    }

    private void cancel() {
        try {
            if (running.isPresent() && ended.getCount() > 0) {
                connection.api().cancel(running.get());
                ended.await(1, TimeUnit.SECONDS); // so that what is followed ends before the platform does
            }
        } catch (IOException | CommandException | InterruptedException e) {
            System.err.println("The job could not be cancelled: " + e.getMessage());
        } finally {
            connection.close();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            // Ctrl-C came first: the hook cleans up, and the program ends with it
        }
    }
}
