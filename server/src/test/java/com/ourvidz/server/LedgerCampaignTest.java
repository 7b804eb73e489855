package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A ledger that somebody has been at, and prices of an operator's own, over a restart. */
class LedgerCampaignTest {

    @TempDir
    private Path data;

    @Test
    void line47AnEditedEntryIsSaidOnDemandAndAtTheStartAndThePlatformServesOn() throws SQLException {
        try (var platform = start()) {
            var anna = user(platform, "anna");
            var order = Client.JSON.writeValueAsString(
                    Map.of("jobType", "sdxl_image_high", "metadata", Map.of("prompt", "a fox in snow")));
            anna.post("/api/queue-job", order).ok();
            assertThat(anna.get("/api/credits").ok().get("balance").asLong()).isEqualTo(996);
            assertThat(check(platform).get("discrepancies")).isEmpty();
            assertThat(health(platform)).isEqualTo("UP");

            edit("DROP TRIGGER ledger_refuses_update");
            edit("UPDATE ledger SET amount = -1 WHERE user_id = 'anna' AND amount = -4");

            assertThat(check(platform).get("discrepancies").toString())
                    .contains("User anna has a balance of 996, but entries of 999.", "of user anna costs 4");
            assertThat(health(platform)).isEqualTo("WARNING");
            assertThat(metric(platform)).isEqualTo("2.0");
        }
        try (var platform = start()) {
            assertThat(health(platform)).isEqualTo("WARNING");
            assertThat(metric(platform)).isEqualTo("2.0");
            user(platform, "anna").order("a street market").ok();
        }
    }

    private Platform start() {
        return Platform.start(Settings.read(Map.of(
                "OURVIDZ_PORT", "0",
                "OURVIDZ_DATA", data.toString(),
                "OURVIDZ_WORKERS", "none",
                "OURVIDZ_WORKER_KEY", "worker-key",
                "OURVIDZ_PRICE_SDXL_IMAGE_HIGH", "4")));
    }

    private static Client user(Platform platform, String name) {
        return new Client(platform.url(), Optional.of(platform.token(name)));
    }

    private static JsonNode check(Platform platform) {
        return user(platform, Platform.OWNER)
                .post("/api/admin/ledger-check", "")
                .ok();
    }

    private static String health(Platform platform) {
        return new Client(platform.url(), Optional.empty())
                .get("/actuator/health")
                .ok()
                .get("status")
                .asString();
    }

    private static String metric(Platform platform) {
        return new Client(platform.url(), Optional.of("worker-key"))
                .get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith("ourvidz_ledger_discrepancies "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElse("missing");
    }

    private void edit(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ourvidz.db"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
