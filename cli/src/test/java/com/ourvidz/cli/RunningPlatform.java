package com.ourvidz.cli;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import com.ourvidz.worker.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A real platform on a free port with real worker processes, seen as a user, an operator and the kernel see it. */
final class RunningPlatform implements AutoCloseable {

    private static final Pattern DENOISING = Pattern.compile("denoising (\\d+)");

    private final Path data;
    private final Path model;
    private final Platform platform;
    private final ApiClient api;
    private final List<Process> ownWorkers = new ArrayList<>();

    /** @param more settings, over the ones that every test has */
    RunningPlatform(Path data, Path model, Map<String, String> more) {
        var settings = new HashMap<>(
                Map.of("OURVIDZ_PORT", "0", "OURVIDZ_DATA", data.toString(), "OURVIDZ_SDXL_MODEL", model.toString()));
        settings.putAll(more);
        this.data = data;
        this.model = model;
        this.platform = Platform.start(Settings.read(settings));
        this.api = new ApiClient(platform.url(), platform.token("tester"));
    }

    String url() {
        return platform.url().toString();
    }

    String token() {
        return platform.token("tester");
    }

    ApiClient api() {
        return api;
    }

    /** Submits a job for one picture. */
    UUID submit(String type, long seed) {
        return submit(new JobRequest(type, "a red lighthouse by the sea", Optional.empty(), 1, Optional.of(seed)));
    }

    UUID submit(JobRequest request) {
        try {
            return api.submit(request).id();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JobView job(UUID id) {
        try {
            return api.job(id);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    JobView await(UUID id, String what, Predicate<JobView> expected) {
        return Await.until(what, () -> job(id), expected);
    }

    JobView awaitEnd(UUID id) {
        return await(id, "the end of the job", JobView::hasEnded);
    }

    /** Waits until the attempt has denoised so many steps. */
    void awaitStep(UUID id, int attempt, int step) {
        await(id, "step " + step + " of attempt " + attempt, job -> {
            if (job.hasEnded()) {
                throw new AssertionError("The job ended before step " + step + " of attempt " + attempt + ": " + job);
            }
            return job.attempt() == attempt && step(job) >= step;
        });
    }

    byte[] picture(JobView job, int index) {
        try {
            return api.download(job.assets().get(index));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The worker process that the platform runs. */
    ProcessHandle worker() {
        return Await.until(
                        "a worker process",
                        () -> ProcessHandle.current()
                                .children()
                                .filter(ProcessHandle::isAlive)
                                .filter(child -> ownWorkers.stream().noneMatch(own -> own.pid() == child.pid()))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** Starts a worker that the platform did not start, as on another machine. */
    Process startOwnWorker(int graceSeconds) throws IOException {
        var builder = new ProcessBuilder(Java.command(WorkerMain.class)).inheritIO();
        builder.redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().keySet().removeIf(name -> name.startsWith("OURVIDZ_"));
        builder.environment()
                .putAll(Map.of(
                        "OURVIDZ_SERVER", url(),
                        "OURVIDZ_WORKER_KEY",
                                Files.readString(data.resolve("worker.key")).strip(),
                        "OURVIDZ_SDXL_MODEL", model.toString(),
                        "OURVIDZ_WORKER_GRACE", Integer.toString(graceSeconds)));
        var worker = builder.start();
        ownWorkers.add(worker);
        return worker;
    }

    /** How often the ledger speaks of the job: {@code charge} or {@code refund}. */
    long ledgerEntries(String kind, UUID job) {
        return count("SELECT count(*) FROM ledger WHERE business_key = ?", kind + ":" + job);
    }

    long publishedAssets(UUID job) {
        return count("SELECT count(*) FROM assets WHERE state = 'published' AND job_id = ?", job.toString());
    }

    private long count(String sql, String parameter) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ourvidz.db"));
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, parameter);
            try (var result = statement.executeQuery()) {
                return result.getLong(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static int step(JobView job) {
        var denoising = DENOISING.matcher(job.doing());
        return denoising.lookingAt() ? Integer.parseInt(denoising.group(1)) : 0;
    }

    @Override
    public void close() {
        ownWorkers.forEach(Process::destroyForcibly);
        platform.close();
    }
}
