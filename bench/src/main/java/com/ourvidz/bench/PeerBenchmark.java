package com.ourvidz.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * The platform beside {@code peer/jobs.py}, which takes and shows jobs with FastAPI, Redis and SQLite: each a process of its own, the same
 * requests of the same client to either by turns. {@code PeerBenchmark PYTHON PEER_FOLDER PEER_PROCESSES}.
 */
final class PeerBenchmark {

    private static final int CLIENTS = 16;
    private static final int PER_SECOND = 500;
    private static final int PICKUPS_PER_SECOND = 20;
    private static final int ROUNDS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(10);

    private PeerBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        var folder = Files.createTempDirectory("ourvidz-bench");
        var theirs = Files.createDirectory(folder.resolve("peer"));
        try (var redis = Redis.start(theirs);
                var ours = QueueServer.ours(Files.createDirectory(folder.resolve("ours")));
                var peer = QueueServer.peer(theirs, args[0], Path.of(args[1]), Integer.parseInt(args[2]), redis)) {
            compare(ours.awaitReady(), peer.awaitReady());
            print("peak memory, MB", (double) ours.peakMegabytes(), (double)
                    (peer.peakMegabytes() + redis.peakMegabytes()));
        } finally {
            delete(folder);
        }
    }

    /** In this order because pickups want an empty queue, and an order costs ours more as the queue gets longer. */
    private static void compare(QueueServer first, QueueServer second)
            throws IOException, InterruptedException, ExecutionException {
        var ours = new QueueClient(first.url());
        var peer = new QueueClient(second.url());
        System.err.println("Warming up …");
        warmUp(peer);
        warmUp(ours);
        System.out.printf("%-38s %9s %9s %10s%n", "", "ours", "peer", "ours/peer");
        print("submit to pickup", pickup(ours), pickup(peer));
        print("GET /api/jobs/{id}, " + CLIENTS + " clients", polls(ours), polls(peer));
        printAtRate(ours, peer);
        print("POST /api/queue-job, " + CLIENTS + " clients", orders(ours), orders(peer));
    }

    /** Leaves the queue empty. It is long for the sake of the JVM's compiler, which takes a third of the processors until it is done. */
    private static void warmUp(QueueClient client) throws IOException, InterruptedException, ExecutionException {
        var _ = polls(client, WARM_UP.dividedBy(2));
        Pickup.flow(client, CLIENTS, WARM_UP);
    }

    private static Times pickup(QueueClient client) throws IOException, InterruptedException, ExecutionException {
        return Pickup.times(client, PICKUPS_PER_SECOND, LONG);
    }

    private static Load polls(QueueClient client) throws IOException, InterruptedException {
        return polls(client, SHORT);
    }

    /** Of a job that a worker has, as most have that somebody polls: a waiting one has its position counted. */
    private static Load polls(QueueClient client, Duration duration) throws IOException, InterruptedException {
        var job = client.submit(0);
        var _ = client.lease("bench", 1).orElseThrow();
        return Load.closed(CLIENTS, duration, _ -> client.show(job, 0));
    }

    /** Several times by turns, of which the one in the middle is compared: whatever else the machine does hits one or the other. */
    private static void printAtRate(QueueClient ours, QueueClient peer) {
        var first = new ArrayList<Load>();
        var second = new ArrayList<Load>();
        for (var round = 0; round < ROUNDS; round++) {
            first.add(atRate(ours));
            second.add(atRate(peer));
        }
        print("POST /api/queue-job at " + PER_SECOND + "/s", middle(first), middle(second));
        System.out.printf(
                "    p99 of all %d rounds, ms: %s beside %s%n", ROUNDS, percentiles(first), percentiles(second));
    }

    private static Load atRate(QueueClient client) {
        return Load.open(PER_SECOND, LONG, client::submit);
    }

    private static Load middle(List<Load> loads) {
        return byPercentile(loads).get(loads.size() / 2);
    }

    private static String percentiles(List<Load> loads) {
        return byPercentile(loads).stream()
                .map(load -> "%.1f".formatted(1000 * load.times().percentile(99)))
                .collect(joining(", "));
    }

    private static List<Load> byPercentile(List<Load> loads) {
        return loads.stream()
                .sorted(Comparator.comparingDouble(load -> load.times().percentile(99)))
                .toList();
    }

    private static Load orders(QueueClient client) throws InterruptedException {
        return Load.closed(CLIENTS, SHORT, client::submit);
    }

    private static void print(String what, Load ours, Load peer) {
        print(what + ", /s", ours.perSecond(), peer.perSecond());
        print("   ", ours.times(), peer.times());
    }

    private static void print(String what, Times ours, Times peer) {
        print(what + " p50, ms", 1000 * ours.median(), 1000 * peer.median());
        print(what + " p99, ms", 1000 * ours.percentile(99), 1000 * peer.percentile(99));
    }

    private static void print(String what, double ours, double peer) {
        System.out.printf(Locale.ROOT, "%-38s %9.1f %9.1f %10.2f%n", what, ours, peer, ours / peer);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
