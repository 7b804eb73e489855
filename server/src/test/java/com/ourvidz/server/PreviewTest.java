package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.job.Preview;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPlatform.Shared.class)
class PreviewTest {

    private static final byte[] JPEG = TestWorker.picture("jpeg");

    private final TestPlatform platform;
    private final Client user;
    private final TestWorker worker;

    PreviewTest(TestPlatform platform) {
        this.platform = platform;
        this.user = platform.newUser();
        this.worker = platform.newWorker();
    }

    @Test
    void theOwnerSeesTheNewestPreviewWhileTheJobRuns() {
        var id = user.ordered("a lighthouse in fog");
        user.get(path(id)).error(404);
        var held = worker.lease(id);
        worker.heartbeat(held, 10).ok();
        user.get(path(id)).error(404);
        assertThat(user.job(id).has("preview")).isFalse();

        worker.preview(held, base64(JPEG)).ok();
        var answer = user.get(path(id));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(JPEG);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(user.job(id).get("preview").asString()).isEqualTo(path(id));

        worker.complete(held, List.of(worker.uploaded(held, 0))).ok();
        user.get(path(id)).error(404);
        assertThat(user.job(id).has("preview")).isFalse();
    }

    @Test
    void aHeartbeatWithoutAPreviewLeavesTheLastOne() {
        var id = user.ordered("a lighthouse in fog");
        var held = worker.lease(id);
        worker.preview(held, base64(JPEG)).ok();
        worker.heartbeat(held, 50).ok();
        assertThat(user.get(path(id)).status()).isEqualTo(200);
        worker.fail(held, "over").ok();
    }

    @Test
    void nobodyElseSeesItOrLearnsThatItIsThere() {
        var id = user.ordered("a lighthouse in fog");
        var held = worker.lease(id);
        worker.preview(held, base64(JPEG)).ok();
        var others = platform.newUser();
        assertThat(others.get(path(id)).error(404).get("error"))
                .isEqualTo(others.get(path("00000000-0000-0000-0000-000000000000"))
                        .error(404)
                        .get("error"));
        worker.fail(held, "over").ok();
    }

    @Test
    void anotherAttemptBeginsWithoutOne() {
        var id = user.ordered("a lighthouse in fog");
        var held = worker.lease(id);
        worker.preview(held, base64(JPEG)).ok();
        worker.release(held).ok();
        var again = worker.lease(id);
        user.get(path(id)).error(404);
        worker.preview(held, base64(JPEG)).error(409);
        user.get(path(id)).error(404);
        worker.fail(again, "over").ok();
    }

    @Test
    void aCancelledJobHasNone() {
        var id = user.ordered("a lighthouse in fog");
        var held = worker.lease(id);
        worker.preview(held, base64(JPEG)).ok();
        user.delete("/api/jobs/" + id).ok();
        user.get(path(id)).error(404);
    }

    @Test
    void whatIsNoSmallJpegIsRefused() {
        var id = user.ordered("a lighthouse in fog");
        var held = worker.lease(id);
        worker.preview(held, "<svg onload=x>").error(400);
        worker.preview(held, "").error(400);
        worker.preview(held, base64(TestWorker.png())).error(400);
        worker.preview(held, base64(Arrays.copyOf(JPEG, JPEG.length - 1))).error(400);
        worker.preview(held, base64(large())).error(400);
        user.get(path(id)).error(404);
        worker.heartbeat(held, 10).ok();
        worker.fail(held, "over").ok();
    }

    /** A JPEG by its ends, of one byte too many. */
    private static byte[] large() {
        var large = Arrays.copyOf(JPEG, Preview.LARGEST + 1);
        large[large.length - 2] = (byte) 0xff;
        large[large.length - 1] = (byte) 0xd9;
        return large;
    }

    private static String path(String id) {
        return "/api/jobs/" + id + "/preview";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
