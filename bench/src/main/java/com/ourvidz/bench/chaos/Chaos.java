package com.ourvidz.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * {@code Chaos ROUNDS [SEED]}: users order pictures, and in each round a worker or the server is killed with SIGKILL, or a worker is stopped
 * for longer than its lease and goes on as if nothing had been. Exit code 1 when the {@link Audit} finds anything.
 */
public final class Chaos {

    private static final int WORKERS = 4;
    private static final int USERS = 50;
    private static final int MOST_SHOWN = 20;
    private static final Duration LEASE = Duration.ofSeconds(2);

    /** Twice what the slowest takes: a webhook whose first two tries failed. */
    private static final Duration TO_DRAIN = Duration.ofMinutes(12);

    /** A server is half a second's work to kill and several to start, and nothing else happens meanwhile. */
    private static final int ROUNDS_A_SERVER = 12;

    private static final Duration MOST_IDLE = Duration.ofSeconds(5);
    private static final int ROUNDS_A_LINE = 100;

    private final SplittableRandom random;
    private final Processes processes;
    private long said;
    private int serverKills;
    private int workerKills;
    private int pauses;

    private Chaos(SplittableRandom random, Processes processes) {
        this.random = random;
        this.processes = processes;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        var rounds = Integer.parseInt(args[0]);
        var seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        var data = Files.createTempDirectory("ourvidz-chaos");
        var findings = run(rounds, seed, data);
        findings.stream().limit(MOST_SHOWN).forEach(finding -> System.out.println("  FOUND: " + finding));
        if (findings.isEmpty()) {
            System.out.println("Nothing lost, nothing doubled.");
            delete(data);
        } else {
            System.out.println(findings.size() + " findings; everything is left in " + data);
        }
        System.exit(findings.isEmpty() ? 0 : 1);
    }

    /** What the audit found after so many rounds. */
    static List<String> run(int rounds, long seed, Path data) throws IOException, InterruptedException {
        System.out.printf("%d rounds, seed %d%n", rounds, seed);
        try (var receiver = Receiver.start();
                var processes = Processes.start(data, WORKERS, USERS, LEASE)) {
            var customers = Customers.start(processes, receiver, seed);
            var chaos = new Chaos(new SplittableRandom(seed), processes);
            for (var round = 0; round < rounds; round++) {
                chaos.round();
                if ((round + 1) % ROUNDS_A_LINE == 0) {
                    System.out.printf("%d rounds, %d webhooks heard%n", round + 1, receiver.times());
                }
            }
            processes.resumeAll();
            var orders = customers.stop();
            System.out.printf(
                    "%d kills of the server, %d of workers, %d workers paused past their lease; %d orders acknowledged to %d users%n",
                    chaos.serverKills, chaos.workerKills, chaos.pauses, orders.size(), USERS);
            var findings = new ArrayList<>(customers.complaints());
            findings.addAll(new Audit(data, orders, receiver).findings(TO_DRAIN, processes));
            return findings;
        }
    }

    private void round() throws IOException, InterruptedException {
        Thread.sleep(random.nextInt(100, 800));
        awaitWork();
        switch (random.nextInt(ROUNDS_A_SERVER)) {
            case 0 -> {
                serverKills++;
                processes.killServer();
            }
            case 1, 2, 3 -> {
                pauses++;
                processes.pauseWorker(random.nextInt(WORKERS), LEASE.plusMillis(random.nextInt(4000)));
            }
            default -> {
                workerKills++;
                processes.killWorker(random.nextInt(WORKERS));
            }
        }
    }

    /** Until a job has ended since the last round, so that a slow machine does not kill workers before they have begun, or for a while. */
    private void awaitWork() throws IOException, InterruptedException {
        var end = System.nanoTime() + MOST_IDLE.toNanos();
        while (processes.said() == said && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        said = processes.said();
    }

    /** The folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
