package com.ourvidz.server;

import com.ourvidz.adapters.sql.SqliteFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;

/** Looks at what a platform with these settings stands on, while one runs or not. Changes nothing but a file that it takes away again. */
public final class Checkup {

    private static final long LITTLE_SPACE = 5L << 30;
    private static final long NO_SPACE = 500L << 20;
    private static final Duration SKEW = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Nobody ran this before it was written. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private final Settings settings;

    private Checkup(Settings settings) {
        this.settings = settings;
    }

    /** What was found, in the order of looking. */
    public static List<Finding> of(Settings settings) {
        return new Checkup(settings).findings();
    }

    private List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        findings.add(data());
        findings.add(space());
        findings.add(clock());
        var answer = health();
        findings.add(answer.map(this::server).orElseGet(this::port));
        if (Files.exists(settings.data().resolve(DataDirectory.DATABASE))) {
            findings.add(database());
            findings.add(ledger());
        } else {
            findings.add(Finding.ok("database", "there is none yet; the first start makes it"));
        }
        return findings;
    }

    private Finding data() {
        try {
            Files.delete(probe());
            return Finding.ok("data", settings.data() + " can be written to");
        } catch (IOException e) {
            return Finding.fail(
                    "data",
                    settings.data() + " cannot be written to: " + e,
                    "Give this user the folder, or name another with OURVIDZ_DATA.");
        }
    }

    /** A new file in the data directory or, where that is yet to be made, where it will be. */
    private Path probe() throws IOException {
        return Files.createTempFile(existing(), ".checkup", "");
    }

    private Path existing() {
        var folder = settings.data();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }

    private Finding space() {
        try {
            var free = Files.getFileStore(existing()).getUsableSpace();
            var says = (free >> 20) + " MB free at " + settings.data();
            if (free < NO_SPACE) {
                return Finding.fail("disk", says, "Free some space: pictures and videos have none to go to.");
            }
            return free < LITTLE_SPACE
                    ? Finding.warn("disk", says, "Free some space: videos have up to 50 MB each.")
                    : Finding.ok("disk", says);
        } catch (IOException e) {
            return Finding.warn("disk", "the free space is not to be had: " + e, "Look at the file system.");
        }
    }

    private Finding clock() {
        var now = Instant.now();
        var says = "it is " + ZonedDateTime.now(ZoneId.systemDefault()).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        if (now.isBefore(EARLIEST)) {
            return Finding.fail("clock", says, "Set the clock: tokens and leases are about time.");
        }
        try {
            var file = probe();
            var apart = Duration.between(Files.getLastModifiedTime(file).toInstant(), now)
                    .abs();
            Files.delete(file);
            return apart.compareTo(SKEW) > 0
                    ? Finding.warn(
                            "clock", says + ", and " + apart.toSeconds() + " s apart from the disk's", "Set both.")
                    : Finding.ok("clock", says);
        } catch (IOException e) {
            return Finding.ok("clock", says); // that the folder cannot be written to is said elsewhere
        }
    }

    /** What the platform that has announced itself here answers, if it does. */
    private Optional<HttpResponse<String>> health() {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var url = DataDirectory.announced(settings.data());
            return url.isEmpty() ? Optional.empty() : Optional.of(http.send(get(url.get()), BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static HttpRequest get(URI url) {
        return HttpRequest.newBuilder(url.resolve("/actuator/health"))
                .timeout(PATIENCE)
                .build();
    }

    private Finding server(HttpResponse<String> health) {
        var url = health.uri().resolve("/");
        if (health.statusCode() != 200) {
            return Finding.fail(
                    "server", url + " answers " + health.statusCode() + ": " + health.body(), "See its log.");
        }
        var apart = health.headers()
                .firstValue("Date")
                .map(date -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from))
                .map(date -> Duration.between(date, Instant.now()).abs())
                .orElse(Duration.ZERO);
        return apart.compareTo(SKEW) > 0
                ? Finding.warn(
                        "server", url + " has a clock " + apart.toSeconds() + " s from this one", "Set both clocks.")
                : Finding.ok("server", "it runs at " + url);
    }

    private Finding port() {
        var where = settings.host() + ":" + settings.port();
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
            return Finding.ok("port", "no platform runs on this data, and " + where + " is free");
        } catch (IOException e) {
            return Finding.fail(
                    "port",
                    where + " is taken by another program: " + e.getMessage(),
                    "End that program, or choose another port with OURVIDZ_PORT.");
        }
    }

    private Finding database() {
        try {
            var damage = file().damage();
            return damage.isEmpty()
                    ? Finding.ok("database", "its pages and indexes are whole")
                    : Finding.fail(
                            "database", String.join("; ", damage), "Restore the newest backup: ./ourvidz restore.");
        } catch (DataAccessException e) {
            return Finding.fail(
                    "database",
                    "it cannot be read: " + e.getMessage(),
                    "Restore the newest backup: ./ourvidz restore.");
        }
    }

    private Finding ledger() {
        try {
            var wrong = file().discrepancies();
            return wrong.isEmpty()
                    ? Finding.ok("ledger", "balances, entries and jobs agree")
                    : Finding.fail("ledger", String.join(" ", wrong), "Find out who changed it before anything else.");
        } catch (DataAccessException e) {
            return Finding.warn("ledger", "it cannot be checked: " + e.getMessage(), "Start the platform once.");
        }
    }

    private SqliteFile file() {
        return new SqliteFile(settings.data().resolve(DataDirectory.DATABASE));
    }
}
