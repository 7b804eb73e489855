package com.ourvidz.cli;

import com.ourvidz.core.catalog.Queue;
import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import com.ourvidz.worker.WorkerMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
        var settings = new HashMap<>(Map.of(
                "OURVIDZ_PORT", "0",
                "OURVIDZ_DATA", data.toString(),
                "OURVIDZ_SDXL_MODEL", model.toString(),
                "OURVIDZ_WORKERS", Queue.SDXL_QUEUE.id()));
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

    String token(String user) {
        return platform.token(user);
    }

    /** Where JDBC finds the platform's database. */
    String database() {
        return "jdbc:sqlite:" + data.resolve("ourvidz.db");
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

    /** Submits a job of any metadata. */
    UUID submit(String type, Map<String, ?> metadata) {
        try {
            return api.submit(Map.of("jobType", type, "metadata", metadata)).id();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Orders a job once more, with the changes of the request. */
    UUID regenerate(UUID job, String request) {
        var call = HttpRequest.newBuilder(platform.url().resolve("/api/jobs/" + job + "/regenerate"))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(request))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(call, HttpResponse.BodyHandlers.ofString()).body();
            return UUID.fromString(
                    new JsonMapper().readTree(answer).at("/job/id").asString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Uploads a picture, and returns the URL by which jobs name it. */
    String upload(Path picture) throws IOException, InterruptedException {
        var boundary = "end-of-part";
        var body = new ByteArrayOutputStream();
        body.writeBytes(
                ("--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture\"\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(Files.readAllBytes(picture));
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        var request = HttpRequest.newBuilder(platform.url().resolve("/api/upload-reference"))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonMapper().readTree(answer).path("url").asString();
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
        return download(job.assets().get(index).toString());
    }

    /** The only asset of the job, as a list of assets has it. */
    JsonNode listedAsset(UUID job) {
        return get("tester", "/api/assets?job_id=" + job).at("/assets/0");
    }

    /** What a route answers to a user. */
    JsonNode get(String user, String path) {
        var request = HttpRequest.newBuilder(platform.url().resolve(path))
                .header("Authorization", "Bearer " + token(user))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new JsonMapper().readTree(answer);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    byte[] download(String url) {
        try {
            return api.download(URI.create(url));
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

    /** The worker process that the platform runs for a queue. */
    ProcessHandle worker(Queue queue) {
        return Await.until(
                        "a worker process for " + queue.id(),
                        () -> ProcessHandle.current()
                                .children()
                                .filter(child -> serves(child, queue))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** By its environment, which Linux shows. */
    private static boolean serves(ProcessHandle process, Queue queue) {
        try {
            return Files.readString(
                            Path.of("/proc", Long.toString(process.pid()), "environ"), StandardCharsets.ISO_8859_1)
                    .contains("OURVIDZ_WORKER_QUEUE=" + queue.id());
        } catch (IOException e) {
            return false; // it has ended
        }
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
        try (var connection = DriverManager.getConnection(database());
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
