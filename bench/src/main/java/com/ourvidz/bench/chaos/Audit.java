package com.ourvidz.bench.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.sqlite.SQLiteDataSource;

/** Looks into the database and the files when all is over, with SQL of its own. */
final class Audit {

    /** Each lists what must not be; the first column says what it is about. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "a balance that is not the sum of its entries",
                    "SELECT u.id FROM users u WHERE u.balance <> (SELECT SUM(amount) FROM ledger l WHERE l.user_id = u.id)"),
            new Rule("money that is not what the jobs explain", """
                    SELECT u.id FROM users u WHERE u.balance <> 1000000 - (SELECT COALESCE(SUM(j.price), 0) FROM jobs j
                    WHERE j.user_id = u.id AND j.status <> 'failed')"""),
            new Rule(
                    "entries that are not one grant, one charge for each job and one refund for each that failed", """
                    SELECT u.id FROM users u JOIN jobs j ON j.user_id = u.id GROUP BY u.id
                    HAVING (SELECT COUNT(*) FROM ledger l WHERE l.user_id = u.id) <> 1 + COUNT(*) + SUM(j.status = 'failed')"""),
            new Rule(
                    "a key that stands for several jobs",
                    "SELECT idempotency_key FROM jobs GROUP BY user_id, idempotency_key HAVING COUNT(*) > 1"),
            new Rule("a completed job without exactly its assets", """
                    SELECT j.id FROM jobs j WHERE j.status = 'completed' AND j.num_images <> (SELECT COUNT(DISTINCT a.asset_index)
                    FROM assets a WHERE a.job_id = j.id AND a.state = 'published')"""),
            new Rule("an asset that is there twice", """
                    SELECT job_id FROM assets WHERE state = 'published' GROUP BY job_id, asset_index HAVING COUNT(*) > 1"""),
            new Rule("a published asset of another attempt than the last", """
                    SELECT j.id FROM jobs j JOIN assets a ON a.job_id = j.id WHERE a.state = 'published' AND a.attempt <> j.attempt"""),
            new Rule("an asset of a job that did not complete", """
                    SELECT j.id FROM jobs j JOIN assets a ON a.job_id = j.id WHERE a.state = 'published' AND j.status <> 'completed'"""),
            new Rule("an asset that is staged for a job that has ended", """
                    SELECT j.id FROM jobs j JOIN assets a ON a.job_id = j.id
                    WHERE a.state = 'staged' AND j.status IN ('completed', 'failed')"""),
            new Rule("a job whose end was not put into the outbox exactly once for each endpoint", """
                    SELECT j.id FROM jobs j JOIN webhook_endpoints e ON e.user_id = j.user_id WHERE j.status IN ('completed', 'failed')
                    AND 1 <> (SELECT COUNT(*) FROM webhook_deliveries d WHERE d.job_id = j.id AND d.endpoint_id = e.id)"""),
            new Rule("an announcement of what did not happen", """
                    SELECT d.id FROM webhook_deliveries d JOIN jobs j ON j.id = d.job_id WHERE d.type <> 'job.' || j.status"""));

    /** @param query its rows are findings */
    private record Rule(String finding, String query) {}

    private final Path data;
    private final List<Customers.Order> orders;
    private final Receiver receiver;
    private final JdbcClient database;
    private final List<String> findings = new ArrayList<>();

    Audit(Path data, List<Customers.Order> orders, Receiver receiver) {
        this.data = data;
        this.orders = List.copyOf(orders);
        this.receiver = receiver;
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("ourvidz.db"));
        this.database = JdbcClient.create(source);
    }

    /** Waits until all orders have ended and were announced, and what was given up is swept away, ends the processes, and looks. */
    List<String> findings(Duration atMost, Processes processes) throws IOException, InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (open() > 0 && System.nanoTime() < end) {
            Thread.sleep(500);
        }
        processes.end();
        requireNothingOpen();
        requireAcknowledged();
        refundAgain();
        RULES.forEach(rule -> database.sql(rule.query())
                .query((row, number) -> row.getString(1))
                .list()
                .forEach(which -> findings.add(rule.finding() + ": " + which)));
        requireBytes();
        requireAnnounced();
        requireWords(processes.words());
        report();
        return findings;
    }

    private int open() {
        return count("SELECT (SELECT COUNT(*) FROM jobs WHERE status IN ('queued', 'processing'))"
                + " + (SELECT COUNT(*) FROM assets WHERE state = 'doomed' AND swept = 0)"
                + " + (SELECT COUNT(*) FROM webhook_deliveries WHERE state = 'pending')");
    }

    private void requireNothingOpen() {
        names("SELECT id FROM jobs WHERE status IN ('queued', 'processing')")
                .forEach(job -> findings.add("a job that never ended: " + job));
        names("SELECT id FROM assets WHERE state = 'doomed' AND swept = 0")
                .forEach(asset -> findings.add("an asset that nobody swept away: " + asset));
        names("SELECT id FROM webhook_deliveries WHERE state <> 'delivered'")
                .forEach(delivery -> findings.add("an announcement that was not delivered: " + delivery));
    }

    private void requireAcknowledged() {
        var kept = new HashSet<>(names("SELECT id || ' ' || idempotency_key FROM jobs"));
        orders.stream()
                .filter(order -> !kept.contains(order.job() + " " + order.key()))
                .forEach(order -> findings.add("an acknowledged job that is lost: " + order));
    }

    /** Pays every failed job back once more, as a server would that has forgotten it: the key of a refund has to stop it. */
    private void refundAgain() {
        database.sql("""
                INSERT INTO ledger (business_key, user_id, amount, created_at)
                SELECT 'refund:' || id, user_id, price, ended_at FROM jobs WHERE status = 'failed' ON CONFLICT DO NOTHING""").update();
    }

    /** Each published asset has its bytes, and there are no others, but for those that the next sweep knows of. */
    private void requireBytes() throws IOException {
        var expected = names("""
                SELECT object_key || ' ' || bytes FROM assets WHERE state = 'published'
                UNION ALL SELECT object_key || '.webp ' || thumbnail_bytes FROM assets
                WHERE state = 'published' AND thumbnail_bytes > 0""");
        var present = stored();
        difference(expected, present).forEach(key -> findings.add("an asset without its bytes: " + key));
        var swept = names("SELECT object_key FROM assets WHERE state = 'doomed'");
        var nobodys = difference(present, expected);
        nobodys.removeIf(key -> swept.stream().anyMatch(key::startsWith));
        nobodys.forEach(key -> findings.add("bytes that are nobody's: " + key));
    }

    /** The receiver heard what is in the outbox, under the same ids, and nothing else. */
    private void requireAnnounced() {
        var outbox = names("""
                SELECT SUBSTR(e.url, INSTR(e.url, '/users/')) || ' ' || d.job_id || ' ' || d.id || ' ' || d.type
                FROM webhook_deliveries d JOIN webhook_endpoints e ON e.id = d.endpoint_id""");
        difference(outbox, receiver.heard()).forEach(event -> findings.add("an event that nobody heard: " + event));
        difference(receiver.heard(), outbox).forEach(event -> findings.add("an event from nowhere: " + event));
    }

    /** A last word that was accepted is that of the attempt that ended the job. */
    private void requireWords(Path words) throws IOException {
        var ends = names("SELECT id || ' ' || attempt || ' ' || status FROM jobs");
        try (var lines = Files.lines(words)) {
            lines.filter(word -> !ends.contains(word))
                    .forEach(word -> findings.add("a word that was accepted and is not what happened: " + word));
        }
    }

    private Set<String> stored() throws IOException {
        var root = data.resolve("objects");
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !root.relativize(file).startsWith(".unfinished"))
                    .map(file -> root.relativize(file) + " " + file.toFile().length())
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> difference(Set<String> all, Set<String> without) {
        var rest = new HashSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    private void report() {
        System.out.printf(
                "%d jobs completed, %d failed and paid back, %d of them cancelled; %d assets, %d with thumbnails; at most %d attempts;"
                        + " %d webhooks, heard %d times%n",
                count("SELECT COUNT(*) FROM jobs WHERE status = 'completed'"),
                count("SELECT COUNT(*) FROM jobs WHERE status = 'failed'"),
                count("SELECT COUNT(*) FROM jobs WHERE cancelled = 1"),
                count("SELECT COUNT(*) FROM assets WHERE state = 'published'"),
                count("SELECT COUNT(*) FROM assets WHERE state = 'published' AND thumbnail_bytes > 0"),
                count("SELECT COALESCE(MAX(attempt), 0) FROM jobs"),
                count("SELECT COUNT(*) FROM webhook_deliveries"),
                receiver.times());
    }

    private Set<String> names(String query) {
        return Set.copyOf(
                database.sql(query).query((row, number) -> row.getString(1)).list());
    }

    private int count(String query) {
        return database.sql(query).query(Integer.class).single();
    }
}
