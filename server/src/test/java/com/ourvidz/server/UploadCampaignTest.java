package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Uploads that drip, on a platform that has little patience with them. */
class UploadCampaignTest {

    private static final int SLOTS = 8;

    private static TestPlatform platform;

    @BeforeAll
    static void start() {
        platform = new TestPlatform(Map.of("OURVIDZ_UPLOAD_LIMIT", "10"));
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
    }

    @Test
    void line19ReferencesThatDripTakeAllSlotsForALimitedTime() throws IOException {
        var name = TestPlatform.newName();
        var user = platform.user(name);
        var drips = new ArrayList<Drip>();
        try {
            for (var slot = 0; slot < SLOTS; slot++) {
                drips.add(reference(name));
            }
            var ninth = untilRefused(user);
            assertThat(ninth.error(503).get("retryable").asBoolean()).isTrue();
            assertThat(ninth.header("Retry-After")).isNotEmpty();

            assertThat(drips)
                    .allSatisfy(drip -> assertThat(drip.answer())
                            .startsWith("HTTP/1.1 400 ")
                            .contains("took too long", "\"referenceImageError\":true"));

            Uploads.picture(user, TestWorker.png()).ok();
        } finally {
            for (var drip : drips) {
                drip.close();
            }
        }
    }

    @Test
    void line19AWorkersUploadThatDripsIsCutAndLeavesNothing() throws IOException {
        var worker = platform.newWorker();
        var held = worker.lease(platform.newUser().ordered("a fox in snow"));
        try (var asset = upload(held, "0")) {
            assertThat(asset.answer()).startsWith("HTTP/1.1 400 ").contains("took too long");
        }
        try (var files = Files.list(platform.data().resolve("objects/.unfinished"))) {
            assertThat(files).isEmpty();
        }
        var whole = worker.uploaded(held, 0);
        try (var thumbnail = upload(held, "0/thumbnail")) {
            assertThat(thumbnail.answer()).startsWith("HTTP/1.1 400 ").contains("took too long");
        }
        worker.complete(held, List.of(whole)).ok();
    }

    private static Drip reference(String user) throws IOException {
        var form = Uploads.form(Uploads.part("file", "fox.png", TestWorker.png()));
        return new Drip(
                platform.platform().url(),
                "POST /api/upload-reference HTTP/1.1\r\n"
                        + "Authorization: Bearer " + platform.platform().token(user) + "\r\n"
                        + "Content-Type: multipart/form-data; boundary=" + Uploads.BOUNDARY + "\r\n",
                Arrays.copyOf(form, new String(form, StandardCharsets.ISO_8859_1).indexOf("PNG")));
    }

    private static Drip upload(TestWorker.Held held, String what) throws IOException {
        return new Drip(
                platform.platform().url(),
                "PUT /worker/jobs/" + held.job() + "/assets/" + what + " HTTP/1.1\r\n"
                        + "Authorization: Bearer " + platform.workerKey() + "\r\n"
                        + "X-Ourvidz-Attempt: " + held.attempt() + "\r\n"
                        + "X-Ourvidz-Lease: " + held.lease() + "\r\n"
                        + "Content-Type: image/png\r\n",
                TestWorker.png());
    }

    /** Uploads until the server is too busy for it: what was sent on other connections is read in its own time. */
    private static Answer untilRefused(Client user) {
        var deadline = Instant.now().plus(Duration.ofSeconds(20));
        while (true) {
            var answer = Uploads.picture(user, TestWorker.png());
            if (answer.status() != 200 || Instant.now().isAfter(deadline)) {
                return answer;
            }
        }
    }
}
