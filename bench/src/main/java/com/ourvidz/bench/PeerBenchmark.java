package com.ourvidz.bench;

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
 * The platform beside {@code peer/jobs.py}, which takes and shows jobs with FastAPI, Redis and SQLite: the same requests of the same client
 * to either, each a fresh process, one after the other. {@code PeerBenchmark PYTHON PEER_FOLDER PEER_PROCESSES}.
 */
final class PeerBenchmark {

    private static final int CLIENTS = 16;
    private static final int PER_SECOND = 500;
    private static final int PICKUPS_PER_SECOND = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(6);
    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration LONG = Duration.ofSeconds(10);

    /** One line of the table. */
    private record Figure(String what, double value) {}

    private PeerBenchmark() {}

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        var folder = Files.createTempDirectory("ourvidz-bench");
        try {
            var ours = Files.createDirectory(folder.resolve("ours"));
            var theirs = Files.createDirectory(folder.resolve("peer"));
            var platform = ours(ours);
            var peer = peer(theirs, args[0], Path.of(args[1]), Integer.parseInt(args[2]));
            print(platform, peer);
        } finally {
            delete(folder);
        }
    }

    private static List<Figure> ours(Path folder) throws IOException, InterruptedException, ExecutionException {
        try (var server = QueueServer.ours(folder)) {
            var figures = measure(server.awaitReady());
            figures.add(new Figure("peak memory, MB", (double) server.peakMegabytes()));
            return figures;
        }
    }

    private static List<Figure> peer(Path folder, String python, Path home, int processes)
            throws IOException, InterruptedException, ExecutionException {
        try (var redis = Redis.start(folder);
                var server = QueueServer.peer(folder, python, home, processes, redis)) {
            var figures = measure(server.awaitReady());
            figures.add(new Figure("peak memory, MB", (double) (server.peakMegabytes() + redis.peakMegabytes())));
            return figures;
        }
    }

    /** In this order because pickups want an empty queue, and a submit costs ours more as the queue gets longer. */
    private static List<Figure> measure(QueueServer server)
            throws IOException, InterruptedException, ExecutionException {
        var figures = new ArrayList<Figure>();
        try (var client = new QueueClient(server.url())) {
            Pickup.flow(client, CLIENTS, WARM_UP);
            put(figures, "submit to pickup", Pickup.times(client, PICKUPS_PER_SECOND, LONG));

            // Taken by a worker, as most jobs are that somebody polls: a waiting one has its position counted.
            var job = client.submit(0);
            var _ = client.lease("bench", 1).orElseThrow();
            var _ = Load.closed(CLIENTS, Duration.ofSeconds(2), _ -> client.show(job, 0));
            put(figures, "GET /api/jobs/{id}", Load.closed(CLIENTS, SHORT, _ -> client.show(job, 0)));

            put(figures, "POST at " + PER_SECOND + "/s", Load.open(PER_SECOND, LONG, client::submit));
            put(figures, "POST /api/queue-job", Load.closed(CLIENTS, SHORT, client::submit));
        }
        return figures;
    }

    private static void put(List<Figure> figures, String what, Load load) {
        figures.add(new Figure(what + ", answers/s", load.perSecond()));
        put(figures, what, load.times());
    }

    private static void put(List<Figure> figures, String what, Times times) {
        figures.add(new Figure(what + ", p50 ms", 1000 * times.median()));
        figures.add(new Figure(what + ", p99 ms", 1000 * times.percentile(99)));
    }

    private static void print(List<Figure> ours, List<Figure> peer) {
        System.out.printf("%-34s %9s %9s %10s%n", "", "ours", "peer", "ours/peer");
        for (var i = 0; i < ours.size(); i++) {
            var our = ours.get(i);
            var their = peer.get(i).value();
            System.out.printf(
                    Locale.ROOT, "%-34s %9.1f %9.1f %10.2f%n", our.what(), our.value(), their, our.value() / their);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
