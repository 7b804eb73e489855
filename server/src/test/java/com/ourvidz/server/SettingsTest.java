package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.ourvidz.core.catalog.JobType;
import com.ourvidz.core.catalog.Queue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void everySettingHasTheDocumentedDefault() {
        var settings = Settings.read();
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(settings.workers()).containsExactly(Queue.SDXL_QUEUE, Queue.WAN_QUEUE);
        assertThat(settings.credits()).isEqualTo(1000);
        assertThat(settings.queueLimit()).isEqualTo(1000);
        assertThat(settings.userQueueLimit()).isEqualTo(100);
        assertThat(settings.generationLimit()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.lease()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.jwtSecret()).isEmpty();
    }

    @Test
    void anExternalIssuerIsNamedAndSoIsItsAudience() {
        var keys = Map.of("OURVIDZ_JWKS_URL", "https://id.example/keys.json");
        assertThatThrownBy(() -> Settings.read(keys))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OURVIDZ_JWT_ISSUER");
        var issuer = new HashMap<>(keys);
        issuer.put("OURVIDZ_JWT_ISSUER", "https://id.example");
        assertThatThrownBy(() -> Settings.read(issuer))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OURVIDZ_JWT_AUDIENCE");
        issuer.put("OURVIDZ_JWT_AUDIENCE", "pictures");
        assertThat(Settings.read(issuer).accounts().jwksUrl())
                .hasValueSatisfying(url -> assertThat(url).hasHost("id.example"));
        issuer.put("OURVIDZ_JWT_ISSUER", "ourvidz");
        assertThatThrownBy(() -> Settings.read(issuer))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OURVIDZ_JWT_ISSUER");
    }

    @Test
    void eachJobTypeHasAPriceOfOneUnlessTheOperatorSaysOtherwise() {
        var prices = Settings.read(Map.of("OURVIDZ_PRICE_VIDEO_HIGH", "8"))
                .accounts()
                .prices();
        assertThat(prices.of(JobType.VIDEO_HIGH)).isEqualTo(8);
        assertThat(prices.of(JobType.VIDEO_FAST)).isEqualTo(1);
    }

    @Test
    void anEmptyValueCountsAsAbsent() {
        assertThat(Settings.read(Map.of("OURVIDZ_PORT", " ")).port()).isEqualTo(8080);
    }

    @Test
    void noWorkersIsAChoice() {
        assertThat(Settings.read(Map.of("OURVIDZ_WORKERS", "none")).workers()).isEmpty();
        assertThat(Settings.read(Map.of("OURVIDZ_WORKERS", "sdxl_queue, wan_queue"))
                        .workers())
                .containsExactly(Queue.SDXL_QUEUE, Queue.WAN_QUEUE);
    }

    @Test
    void aLaneWithoutItsShippedModelIsLeftOut(@TempDir Path folder) throws IOException {
        var missing = Settings.read(Map.of());
        assertThat(missing.workers()).containsExactly(Queue.SDXL_QUEUE, Queue.WAN_QUEUE);
        assertThat(missing.lanes()).containsExactly(Queue.SDXL_QUEUE);
        var there = Settings.read(Map.of("OURVIDZ_WAN_MODEL", folder.toString()));
        assertThat(there.lanes()).containsExactlyInAnyOrder(Queue.SDXL_QUEUE, Queue.WAN_QUEUE);
        assertThat(there.open()).isEqualTo(there.lanes());
        var none = Settings.read(Map.of("OURVIDZ_WORKERS", "none", "OURVIDZ_WAN_MODEL", folder.toString()));
        assertThat(none.lanes()).isEmpty();
        assertThat(none.open()).containsExactly(Queue.SDXL_QUEUE);
    }

    @Test
    void aModelInASingleFileComesWithTheFolderOfItsTokenizers(@TempDir Path folder) throws IOException {
        var file = Files.createFile(folder.resolve("fox.safetensors")).toString();
        var both = Map.of("OURVIDZ_SDXL_MODEL", file, "OURVIDZ_SDXL_CONFIG", folder.toString());
        assertThat(Settings.read(both).sdxlModel()).isEqualTo(Path.of(file));
        assertThat(Settings.read(both).sdxlConfig()).contains(folder);
        var twoFolders = Map.of("OURVIDZ_SDXL_MODEL", folder.toString(), "OURVIDZ_SDXL_CONFIG", folder.toString());
        for (var refused : List.of(Map.of("OURVIDZ_SDXL_MODEL", file), twoFolders)) {
            assertThatThrownBy(() -> Settings.read(refused))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageStartingWith("OURVIDZ_SDXL_CONFIG");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "OURVIDZ_WEBHOOK_HOSTS, https://example.com",
        "OURVIDZ_PORT, 65536",
        "OURVIDZ_PORT, http",
        "OURVIDZ_HOST, no such host",
        "OURVIDZ_HOST, 192.0.2.1",
        "OURVIDZ_WORKERS, gpu_queue",
        "OURVIDZ_WORKERS, 'sdxl_queue,gpu_queue'",
        "OURVIDZ_CREDITS, -1",
        "OURVIDZ_QUEUE_LIMIT, 0",
        "OURVIDZ_USER_QUEUE_LIMIT, many",
        "OURVIDZ_DTYPE, int4",
        "OURVIDZ_THREADS, -2",
        "OURVIDZ_GENERATION_LIMIT, 0",
        "OURVIDZ_LEASE, 0.5",
        "OURVIDZ_PREVIEWS, yes",
        "OURVIDZ_UPLOAD_LIMIT, 0",
        "OURVIDZ_REQUIRE_CONSENT, true",
        "OURVIDZ_SDXL_MODEL, /no/such/folder",
        "OURVIDZ_WAN_MODEL, /no/such/folder",
        "OURVIDZ_SDXL_CONFIG, /no/such/folder",
        "OURVIDZ_JWKS_URL, keys",
        "OURVIDZ_JWKS_URL, http://id.example/keys.json",
        "OURVIDZ_JWKS_URL, file:/keys.json",
        "OURVIDZ_JWKS_URL, https://name@id.example/keys.json",
        "OURVIDZ_PRICE_SDXL_IMAGE_FAST, -1",
        "OURVIDZ_PRICE_VIDEO_HIGH, 1.5"
    })
    void aBadValueIsRefusedWithOneSentenceThatNamesTheSetting(String name, String value) {
        assertThatThrownBy(() -> Settings.read(Map.of(name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(name)
                .hasMessageMatching("[^\\n]+\\.");
    }
}
