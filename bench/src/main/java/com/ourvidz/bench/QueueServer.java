package com.ourvidz.bench;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that takes jobs, as a process of its own on an empty folder: {@code ourvidz serve}, or the peer. */
final class QueueServer implements AutoCloseable {

    static final String SECRET = "a secret of the benchmark alone, made of words";
    static final String WORKER_KEY = "the-worker-key-of-the-benchmark-alone";

    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final int TO_STOP_SECONDS = 10;

    /** For both. Nothing is refused, and a job that was leased stays so until the end. */
    private static final Map<String, String> SETTINGS = Map.of(
            "OURVIDZ_WORKERS", "none",
            "OURVIDZ_JWT_SECRET", SECRET,
            "OURVIDZ_WORKER_KEY", WORKER_KEY,
            "OURVIDZ_CREDITS", "1000000000",
            "OURVIDZ_QUEUE_LIMIT", "1000000",
            "OURVIDZ_USER_QUEUE_LIMIT", "1000000",
            "OURVIDZ_RATE_LIMIT", "0",
            "OURVIDZ_READ_RATE_LIMIT", "0",
            "OURVIDZ_LEASE", "3600");

    private final URI url;
    private final Path log;
    private final Process process;

    private QueueServer(int port, Path folder, List<String> command, Map<String, String> environment)
            throws IOException {
        this.url = URI.create("http://127.0.0.1:" + port);
        this.log = folder.resolve("server.log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        builder.environment().putAll(SETTINGS);
        builder.environment().putAll(environment);
        this.process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy)); // when the benchmark is interrupted
    }

    /** The platform. */
    static QueueServer ours(Path folder) throws IOException {
        var port = freePort();
        var launcher = Path.of(System.getProperty("ourvidz.home"), "ourvidz").toString();
        var environment = Map.of("OURVIDZ_DATA", folder.toString(), "OURVIDZ_PORT", Integer.toString(port));
        return new QueueServer(port, folder, List.of(launcher, "serve"), environment);
    }

    /**
     * The peer.
     *
     * @param python has its packages
     * @param home where {@code jobs.py} lies
     * @param processes that share the port
     */
    static QueueServer peer(Path folder, String python, Path home, int processes, Redis redis) throws IOException {
        var port = freePort();
        var command = new ArrayList<>(List.of(python, "-m", "uvicorn", "jobs:app", "--app-dir", home.toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--workers", Integer.toString(processes)));
        command.addAll(List.of("--no-access-log", "--log-level", "warning"));
        var environment = Map.of("OURVIDZ_DATA", folder.toString(), "REDIS_URL", "redis://" + redis.address());
        return new QueueServer(port, folder, command, new HashMap<>(environment));
    }

    URI url() {
        return url;
    }

    /** Returns when it answers, whatever it says. */
    QueueServer awaitReady() throws IOException, InterruptedException {
        var deadline = System.nanoTime() + TO_START.toNanos();
        try (var http = HttpClient.newHttpClient()) {
            while (!answers(http)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("A server did not start: " + Files.readString(log));
                }
                Thread.sleep(100);
            }
        }
        return this;
    }

    /** The most that was resident at once, in its process and in those that it started. */
    long peakMegabytes() throws IOException {
        var sum = 0L;
        for (var part : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            sum += Memory.peakMegabytes(part.pid());
        }
        return sum;
    }

    @Override
    public void close() {
        var parts = process.descendants().toList();
        process.destroy();
        process.onExit()
                .completeOnTimeout(process, TO_STOP_SECONDS, TimeUnit.SECONDS)
                .join();
        parts.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean answers(HttpClient http) throws IOException, InterruptedException {
        try {
            http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.discarding());
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }
}
