package com.ourvidz.bench.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The server and the workers, each a process that is replaced when it was killed. */
final class Processes implements AutoCloseable {

    private static final String READY = "ready";

    private final Path data;
    private final int port;
    private final int users;
    private final Duration lease;
    private final List<Process> workers = new ArrayList<>();
    private Process server;
    private List<String> tokens;

    private Processes(Path data, int workers, int users, Duration lease) throws IOException {
        this.data = data;
        this.port = freePort();
        this.users = users;
        this.lease = lease;
        this.server = launchServer();
        this.tokens = tokens();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        IntStream.range(0, workers).forEach(i -> this.workers.add(launchWorker(i)));
    }

    /** Starts a platform on an empty folder, with workers, and users who can pay. */
    static Processes start(Path data, int workers, int users, Duration lease) throws IOException {
        return new Processes(data, workers, users, lease);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What workers said last about their jobs, and the server accepted. */
    Path words() {
        return data.resolve("words.txt");
    }

    /** Grows with every word in {@link #words}. */
    long said() throws IOException {
        return Files.size(words());
    }

    /** One for each user. */
    List<String> users() {
        return List.copyOf(tokens);
    }

    /** Kills the server, and returns when the next one is ready. */
    void killServer() throws IOException, InterruptedException {
        server.destroyForcibly().waitFor();
        server = launchServer();
        tokens = tokens();
    }

    /** Kills a worker and starts another in its place, which has to load nothing. */
    void killWorker(int index) throws InterruptedException {
        workers.get(index).destroyForcibly().waitFor();
        workers.set(index, launchWorker(index));
    }

    /** Stops a worker as a swapping machine would, and lets it go on after a while. */
    void pauseWorker(int index, Duration pause) throws IOException, InterruptedException {
        var worker = workers.get(index);
        signal("STOP", worker);
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> signalQuietly("CONT", worker));
    }

    void resumeAll() {
        workers.forEach(worker -> signalQuietly("CONT", worker));
    }

    /** Ends the workers, and the server in order. */
    void end() throws InterruptedException {
        for (var worker : workers) {
            worker.destroyForcibly().waitFor();
        }
        server.destroy();
        server.waitFor();
    }

    @Override
    public void close() {
        resumeAll();
        Stream.concat(workers.stream(), Stream.of(server)).forEach(Process::destroyForcibly);
    }

    private Process launchServer() throws IOException {
        var settings = Map.of(
                "OURVIDZ_DATA",
                data.toString(),
                "OURVIDZ_PORT",
                Integer.toString(port),
                "OURVIDZ_WORKERS",
                "none",
                "OURVIDZ_CREDITS",
                "1000000",
                "OURVIDZ_QUEUE_LIMIT",
                "100000",
                "OURVIDZ_LEASE",
                Long.toString(lease.toSeconds()),
                "OURVIDZ_RATE_LIMIT",
                "0",
                "OURVIDZ_READ_RATE_LIMIT",
                "0",
                "OURVIDZ_WEBHOOK_HOSTS",
                "127.0.0.1");
        return java(ChaosServer.class, settings, "server", Integer.toString(users))
                .start();
    }

    private Process launchWorker(int index) {
        try {
            var key = Files.readString(data.resolve("worker.key")).strip();
            return java(ChaosWorker.class, Map.of(), "worker-" + index, url().toString(), key)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(words().toFile()))
                    .start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What a new server says when it is ready. */
    private List<String> tokens() throws IOException {
        var said = new ArrayList<String>();
        var lines = new BufferedReader(server.inputReader());
        for (var line = lines.readLine(); !READY.equals(line); line = lines.readLine()) {
            if (line == null) {
                throw new IOException("The server did not start: see " + data.resolve("server.log"));
            }
            said.add(line);
        }
        return said;
    }

    private ProcessBuilder java(Class<?> main, Map<String, String> environment, String name, String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        var log = data.resolve(name + ".log").toFile();
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(environment);
        return builder;
    }

    private static void signal(String name, Process process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start()
                .waitFor();
    }

    private static void signalQuietly(String name, Process process) {
        try {
            signal(name, process);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
