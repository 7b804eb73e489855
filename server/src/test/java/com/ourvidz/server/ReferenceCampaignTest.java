package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestPlatform.Shared.class)
class ReferenceCampaignTest {

    private final TestPlatform platform;
    private final String annasName = TestPlatform.newName();
    private final Client anna;
    private final Client bert;

    ReferenceCampaignTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.user(annasName);
        this.bert = platform.newUser();
    }

    @Test
    void anUploadIsAnsweredWithAUrlThatABrowserOpens() throws IOException {
        var uploaded = upload(anna, picture("jpeg", Color.ORANGE)).ok();

        assertThat(uploaded.get("success").asBoolean()).isTrue();
        var answer = platform.stranger().get(path(uploaded.get("url")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(ImageIO.read(new ByteArrayInputStream(answer.bytes())).getWidth())
                .isEqualTo(400);
        var thumbnail = platform.stranger().get(path(uploaded.at("/reference_image/thumbnail_url")));
        assertThat(ImageIO.read(new ByteArrayInputStream(thumbnail.bytes())).getWidth())
                .isEqualTo(256);
    }

    @Test
    void aUsersReferencesAreListedAndSayWhatTheyTake() {
        var first = upload(anna, picture("png", Color.ORANGE)).ok();
        var second = upload(anna, picture("png", Color.BLUE)).ok();

        var list = anna.get("/api/reference-images").ok();

        assertThat(list.get("reference_images"))
                .extracting(each -> each.get("id").asString())
                .containsExactly(id(second), id(first));
        assertThat(list.get("bytes_used").asLong())
                .isEqualTo(bytes(first) + bytes(second))
                .isPositive();
        assertThat(list.get("bytes_limit").asLong()).isEqualTo(1_073_741_824);
        assertThat(bert.get("/api/reference-images").ok().get("reference_images"))
                .isEmpty();
        var page = anna.get("/api/reference-images?limit=1").ok();
        assertThat(anna.get("/api/reference-images?limit=1&cursor="
                                + page.get("next_cursor").asString())
                        .ok()
                        .at("/reference_images/0/id")
                        .asString())
                .isEqualTo(id(first));
    }

    @Test
    void theSamePictureOfOneUserIsKeptOnceWithTheConsentThatWasEverGiven() {
        var first = upload(anna, picture("png", Color.ORANGE)).ok();
        var again = upload(anna, picture("png", Color.ORANGE), "true").ok();

        assertThat(id(again)).isEqualTo(id(first));
        assertThat(first.at("/reference_image/consent").asBoolean()).isFalse();
        assertThat(again.at("/reference_image/consent").asBoolean()).isTrue();
        assertThat(anna.get("/api/reference-images").ok().get("reference_images"))
                .singleElement()
                .satisfies(each -> assertThat(each.get("consent").asBoolean()).isTrue());
        assertThat(id(upload(bert, picture("png", Color.ORANGE)).ok())).isNotEqualTo(id(first));
    }

    @Test
    void deletingAReferenceRemovesItsBytes() {
        var uploaded = upload(anna, picture("png", Color.ORANGE)).ok();
        var file = platform.data().resolve("objects/references/" + id(uploaded) + ".png");
        assertThat(file).exists();

        bert.delete("/api/reference-images/" + id(uploaded)).error(404);
        anna.delete("/api/reference-images/" + id(uploaded)).ok();

        assertThat(file).doesNotExist();
        platform.stranger().get(path(uploaded.get("url"))).error(404);
        anna.delete("/api/reference-images/" + id(uploaded)).error(404);
        anna.delete("/api/reference-images/x").error(404);
        assertThat(anna.get("/api/reference-images").ok().get("bytes_used").asLong())
                .isZero();
    }

    @Test
    void line01UploadingNeedsAToken() {
        upload(platform.stranger(), picture("png", Color.ORANGE)).error(401);
        platform.stranger().get("/api/reference-images").error(401);
    }

    @Test
    void line12AnothersReferenceIsLikeOneThatDoesNotExist() {
        var url = upload(anna, picture("png", Color.ORANGE)).ok().get("url").asString();
        var name = TestPlatform.newName();
        var client = platform.user(name);

        var foreign = orderFrom(client, url);
        var unknown = orderFrom(client, "/references/" + UUID.randomUUID());

        assertThat(foreign.error(400).get("referenceImageError").asBoolean()).isTrue();
        assertThat(foreign.text()).isEqualTo(unknown.text());
        assertThat(client.get("/api/jobs").ok().get("jobs")).isEmpty();
        assertThat(platform.balance(name)).isIn(0L, 1000L); // not charged; not even known before a first order
    }

    @Test
    void line13AReferencesUrlThatIsAlteredOrUsedOtherwiseIs403() {
        var first = path(upload(anna, picture("png", Color.ORANGE)).ok().get("url"));
        var second = path(upload(anna, picture("png", Color.BLUE)).ok().get("url"));

        platform.stranger().get(first.substring(0, first.indexOf('?'))).error(403);
        platform.stranger().get(first.replace("expires=1", "expires=2")).error(403);
        platform.stranger()
                .get(second.substring(0, second.indexOf('?')) + first.substring(first.indexOf('?')))
                .error(403);
        platform.stranger().call("DELETE", first, request -> request).error(403);
        platform.stranger().call("PUT", first, request -> request).error(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "image/png"})
    void line17AnUploadThatIsNoFormIs415(String type) {
        anna.send(
                        "/api/upload-reference",
                        request -> request.header("Content-Type", type).POST(BodyPublishers.ofString("{}")))
                .error(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=other",
                "multipart/form-data; boundary=" + Uploads.BOUNDARY,
            })
    void line16AFormThatIsBrokenIs400(String type) {
        var body = "--" + Uploads.BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nno end";
        anna.send(
                        "/api/upload-reference",
                        request -> request.header("Content-Type", type).POST(BodyPublishers.ofString(body)))
                .error(400);
    }

    @Test
    void line16AFormWithoutAFileOrWithAnOddConsentIs400() {
        Uploads.send(anna, Uploads.part("consent", "", "true".getBytes(StandardCharsets.US_ASCII)))
                .error(400);
        upload(anna, picture("png", Color.ORANGE), "perhaps").error(400);
        assertThat(anna.get("/api/reference-images").ok().get("reference_images"))
                .isEmpty();
    }

    @Test
    void line18AFileOverTenMegabytesIs413() {
        var cap = Arrays.copyOf(picture("png", Color.ORANGE), 10 * 1_048_576);
        upload(anna, cap).ok(); // what follows the picture is cut off

        var over = upload(anna, Arrays.copyOf(cap, cap.length + 1)).error(413);

        assertThat(over.get("referenceImageError").asBoolean()).isTrue();
    }

    @Test
    void line18AnEndlessFormIsCutAtTheCap() {
        var body = Uploads.form(Uploads.part("file", "x.png", new byte[20 * 1_048_576]));
        anna.send(
                        "/api/upload-reference",
                        request -> request.header("Content-Type", "multipart/form-data; boundary=" + Uploads.BOUNDARY)
                                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))))
                .error(413);
    }

    @Test
    void line28ATinyPngThatDeclaresAHugePictureIs400() {
        assertThat(upload(anna, bomb()).error(400).get("referenceImageError").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a\1\0\1\0", "II*\0", "<svg xmlns='http://www.w3.org/2000/svg'/>", "\0\0\0 ftypheic"})
    void line29OtherKindsOfPicturesAre415(String head) {
        assertThat(upload(anna, Arrays.copyOf(head.getBytes(StandardCharsets.ISO_8859_1), 600))
                        .error(415)
                        .get("referenceImageError")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void line30WhatFollowsThePictureIsGone() {
        var png = picture("png", Color.ORANGE);
        var script = "<script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
        var file = Arrays.copyOf(png, png.length + script.length);
        System.arraycopy(script, 0, file, png.length, script.length);

        var served = platform.stranger().get(path(upload(anna, file).ok().get("url")));

        assertThat(served.text()).doesNotContain("script");
        assertThat(served.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void line31WhatIsNoPictureIs400WhateverItSaysItIs() {
        upload(anna, new byte[0]).error(400);
        upload(anna, "<html>a fox in snow</html>".getBytes(StandardCharsets.US_ASCII))
                .error(400);
        var png = picture("png", Color.ORANGE);
        upload(anna, Arrays.copyOf(png, png.length / 2)).error(400);
    }

    @Test
    void aJobWithAReferenceTellsItsWorkerHowToUseItAndHandsItOver() {
        var uploaded = upload(anna, picture("jpeg", Color.ORANGE)).ok();
        var job = anna.order(Map.of(
                        "prompt",
                        "a fox in snow",
                        "reference_image_url",
                        uploaded.get("url").asString(),
                        "reference_type",
                        "composition",
                        "reference_strength",
                        0.7))
                .ok()
                .get("job");
        assertThat(job.at("/metadata/reference_type").asString()).isEqualTo("composition");

        var worker = platform.newWorker();
        var held = worker.lease(job.get("id").asString());

        assertThat(held.message().get("references")).singleElement().satisfies(reference -> {
            assertThat(reference.get("slot").asString()).isEqualTo("reference");
            assertThat(reference.get("type").asString()).isEqualTo("composition");
            assertThat(reference.get("strength").asDouble()).isEqualTo(0.7);
        });
        var picture = worker.reference(held, "reference");
        assertThat(picture.status()).isEqualTo(200);
        assertThat(picture.header("Content-Type")).isEqualTo("image/png");
        assertThat(picture.bytes())
                .isEqualTo(platform.stranger().get(path(uploaded.get("url"))).bytes());
        worker.reference(held, "start").error(404);
        worker.fail(held, "tested").ok();
        worker.reference(held, "reference").error(409);
    }

    @Test
    void line10AReferenceOfAJobIsForWorkersOnly() {
        var path = "/worker/jobs/" + anna.ordered("a fox in snow") + "/references/reference";
        assertThat(anna.get(path).status()).isIn(401, 403);
        platform.stranger().get(path).error(401);
    }

    @Test
    void aReferenceMayBeNamedWithOrWithoutTheOriginAndNeedsNoPrompt() {
        var url = upload(anna, picture("png", Color.ORANGE)).ok().get("url").asString();
        var bare = URI.create(url).getRawPath();
        for (var each : List.of(url, url.substring(0, url.indexOf('?')), bare, path(url))) {
            anna.order(Map.of("reference_image_url", each)).ok();
        }
        var defaults = anna.order(Map.of("reference_image_url", bare)).ok();
        assertThat(defaults.at("/job/metadata/reference_strength").asDouble()).isEqualTo(0.5);
        assertThat(defaults.at("/job/metadata/reference_type").asString()).isEqualTo("style");
        assertThat(defaults.get("referenceImageSupported").asBoolean()).isTrue();
    }

    @Test
    void line39AReferenceThatIsGoneDoesNotKeepAJobFromCompleting() {
        var uploaded = upload(anna, picture("png", Color.ORANGE)).ok();
        var job = orderFrom(anna, uploaded.get("url").asString())
                .ok()
                .at("/job/id")
                .asString();
        anna.delete("/api/reference-images/" + id(uploaded)).ok();
        var worker = platform.newWorker();
        var held = worker.lease(job);

        worker.reference(held, "reference").error(404);

        worker.complete(held, List.of(worker.uploaded(held, 0)), Map.of("reference_applied", false))
                .ok();
        assertThat(anna.job(job).get("status").asString()).isEqualTo("completed");
        assertThat(anna.job(job).at("/metadata/reference_applied").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pictures.invalid/fox.png",
                "http://127.0.0.1/fox.png",
                "http://169.254.169.254/latest/meta-data",
                "file:///etc/passwd",
                "/files/x",
                "x",
                "",
                "http://localhost@pictures.invalid/references/x"
            })
    void line37WithoutAuthorisedHostsNoOtherUrlIsUsable(String url) {
        assertThat(orderFrom(anna, url).error(400).get("referenceImageError").asBoolean())
                .isTrue();
        assertThat(platform.balance(annasName)).isIn(0L, 1000L);
    }

    @Test
    void line33AnAuthorisedHostOnThisMachineIsRefusedAllTheSame() throws IOException {
        try (var other =
                new TestPlatform(Map.of("OURVIDZ_REFERENCE_HOSTS", "localhost, 127.0.0.1, 127.1,2130706433,[::1]"))) {
            var client = other.newUser();
            for (var host : List.of("localhost", "127.0.0.1", "127.1", "2130706433", "[::1]")) {
                assertThat(orderFrom(client, "http://" + host + "/fox.png")
                                .error(400)
                                .get("referenceImageError")
                                .asBoolean())
                        .isTrue();
            }
        }
    }

    @Test
    void whereConsentIsRequiredACharacterIsTakenFromAPictureWithItAlone() throws IOException {
        try (var strict = new TestPlatform(Map.of("OURVIDZ_REQUIRE_CONSENT", "on"))) {
            var name = TestPlatform.newName();
            var client = strict.user(name);
            var without =
                    upload(client, picture("png", Color.ORANGE)).ok().get("url").asString();
            var with = upload(client, picture("png", Color.BLUE), "true")
                    .ok()
                    .get("url")
                    .asString();

            var refused = orderFrom(client, without, "character").error(400);

            assertThat(refused.get("referenceImageError").asBoolean()).isTrue();
            assertThat(refused.get("suggestedAction").asString()).contains("consent=true");
            assertThat(client.get("/api/jobs").ok().get("jobs")).isEmpty();
            orderFrom(client, without, "style").ok();
            orderFrom(client, with, "character").ok();
            upload(client, picture("png", Color.ORANGE), "true").ok(); // says it of the same picture
            orderFrom(client, without, "character").ok();
            assertThat(strict.balance(name)).isEqualTo(997);
        }
    }

    @Test
    void whereConsentIsNotRequiredACharacterIsTakenFromAnyPicture() {
        var url = upload(anna, picture("png", Color.ORANGE)).ok().get("url").asString();
        orderFrom(anna, url, "character").ok();
    }

    @Test
    void line39AReferenceThatCannotBeFetchedIs404AndOneThatIsRefusedFailsTheJobAndPaysItBack() throws IOException {
        var url = "https://pictures.invalid/fox.png";
        var name = TestPlatform.newName();
        try (var before = new TestPlatform(Map.of("OURVIDZ_REFERENCE_HOSTS", "pictures.invalid"))) {
            var job = orderFrom(before.user(name), url).ok().at("/job/id").asString();
            var worker = before.newWorker();
            var held = worker.lease(job);
            worker.reference(held, "reference").error(404);
            worker.release(held).ok();
            assertThat(before.balance(name)).isEqualTo(999);

            before.platform().close();
            try (var after = Platform.start(before.settings(Map.of()))) {
                var newWorker = new TestWorker(
                        new Client(after.url(), Optional.of(before.workerKey())),
                        "worker-" + UUID.randomUUID(),
                        "sdxl_queue");
                newWorker.reference(newWorker.lease(job), "reference").error(409);

                var failed = new Client(after.url(), Optional.of(after.token(name))).job(job);
                assertThat(failed.get("status").asString()).isEqualTo("failed");
                assertThat(failed.get("error_message").asString()).contains("not allowed");
                assertThat(before.balance(name)).isEqualTo(1000);
                assertThat(before.discrepancies()).isEmpty();
            }
        }
    }

    @Test
    void metricsTellOfReferences() {
        upload(anna, picture("png", Color.ORANGE)).ok();
        var metrics = platform.withToken(platform.workerKey())
                .get("/actuator/prometheus")
                .text();
        assertThat(metrics).contains("ourvidz_reference_storage_bytes");
    }

    private static Answer orderFrom(Client client, String url) {
        return client.order(new HashMap<>(Map.of("prompt", "a fox in snow", "reference_image_url", url)));
    }

    private static Answer orderFrom(Client client, String url, String type) {
        return client.order(Map.of("prompt", "a fox in snow", "reference_image_url", url, "reference_type", type));
    }

    private static Answer upload(Client client, byte[] file) {
        return Uploads.picture(client, file);
    }

    private static Answer upload(Client client, byte[] file, String consent) {
        return Uploads.picture(client, file, consent);
    }

    /** 400x300 of one colour. */
    private static byte[] picture(String format, Color color) {
        var image = new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB);
        var graphics = image.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(0, 0, 400, 300);
        graphics.dispose();
        var bytes = new ByteArrayOutputStream();
        try {
            assertThat(ImageIO.write(image, format, bytes)).isTrue();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    /** A PNG of 68 bytes that says it is 16384x16384. */
    private static byte[] bomb() {
        var header = chunk(ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(16_384)
                .putInt(16_384)
                .put(new byte[] {8, 6, 0, 0, 0})
                .array());
        var data = chunk(Arrays.copyOf("IDAT".getBytes(StandardCharsets.US_ASCII), 15));
        var end = chunk("IEND".getBytes(StandardCharsets.US_ASCII));
        return ByteBuffer.allocate(8 + header.length + data.length + end.length)
                .put("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1))
                .put(header)
                .put(data)
                .put(end)
                .array();
    }

    private static byte[] chunk(byte[] named) {
        var checksum = new CRC32();
        checksum.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(named.length - 4)
                .put(named)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static String id(JsonNode uploaded) {
        return uploaded.at("/reference_image/id").asString();
    }

    private static long bytes(JsonNode uploaded) {
        return uploaded.at("/reference_image/bytes").asLong();
    }

    private static String path(JsonNode url) {
        return path(url.asString());
    }

    private static String path(String url) {
        var uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
