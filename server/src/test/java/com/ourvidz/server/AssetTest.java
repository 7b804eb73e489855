package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.core.asset.Asset;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What users do with what was made for them. */
@ExtendWith(TestPlatform.Shared.class)
class AssetTest {

    private final TestPlatform platform;
    private final Client anna;
    private final Client bert;

    AssetTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.newUser();
        this.bert = platform.newUser();
    }

    @Test
    void anAssetSaysWhatItIsAndHowItWasMade() {
        var job = made("a red lighthouse", 3, 40);

        var listed = anna.get("/api/assets").ok().get("assets");

        assertThat(listed).hasSize(3);
        assertThat(listed).allSatisfy(asset -> {
            assertThat(asset.get("job_id").asString()).isEqualTo(job);
            assertThat(asset.get("job_type").asString()).isEqualTo("sdxl_image_fast");
            assertThat(asset.get("kind").asString()).isEqualTo("image");
            assertThat(asset.get("prompt").asString()).isEqualTo("a red lighthouse");
            assertThat(asset.get("seed").asLong())
                    .isEqualTo(40 + asset.get("index").asInt());
            assertThat(asset.get("width").asInt()).isEqualTo(1024);
            assertThat(asset.get("height").asInt()).isEqualTo(1024);
            assertThat(asset.has("duration")).isFalse();
            assertThat(asset.has("thumbnail_url")).isFalse();
            assertThat(asset.get("favourite").asBoolean()).isFalse();
            assertThat(asset.get("bytes").asLong()).isEqualTo(TestWorker.png().length);
        });
    }

    @Test
    void oneIsShownToItsUserAlone() {
        made("a red lighthouse", 1, 40);
        var listed = anna.get("/api/assets").ok().at("/assets/0");
        var id = listed.get("id").asString();

        assertThat(anna.get("/api/assets/" + id).ok().get("prompt").asString()).isEqualTo("a red lighthouse");
        bert.get("/api/assets/" + id).error(404);
        anna.get("/api/assets/x").error(404);
    }

    @Test
    void anOutlineTellsTheLengthOfAListAndTheCursorsOfItsPages() {
        made("a red lighthouse", 3, 40);
        made("the sea", 1, 7);

        var outline = anna.get("/api/assets/outline?limit=2&text=lighthouse").ok();

        assertThat(outline.get("count").asInt()).isEqualTo(3);
        assertThat(outline.get("pages")).hasSize(1);
        var cursor = outline.at("/pages/0/cursor").asString();
        assertThat(anna.get("/api/assets?limit=2&text=lighthouse&cursor=" + cursor)
                        .ok()
                        .get("assets"))
                .hasSize(1);
        assertThat(bert.get("/api/assets/outline").ok().get("count").asInt()).isZero();
        anna.get("/api/assets/outline?limit=0").error(400);
    }

    @Test
    void aListIsFiltered() {
        var fox = anna.post("/api/queue-job", """
                        {"jobType": "sdxl_image_high", "projectId": "winter", "metadata": {"prompt": "a Fox in snow"}}""").ok().at("/job/id").asString();
        platform.newWorker().does(fox);
        var between = Instant.now();
        var sea = made("the sea", 1, 7);

        assertThat(jobsOf("")).containsExactly(sea, fox);
        assertThat(jobsOf("job_type=sdxl_image_high")).containsExactly(fox);
        assertThat(jobsOf("kind=image&project_id=winter")).containsExactly(fox);
        assertThat(jobsOf("kind=video")).isEmpty();
        assertThat(jobsOf("text=fox+IN")).containsExactly(fox);
        assertThat(jobsOf("text=%25")).isEmpty();
        assertThat(jobsOf("job_id=" + sea)).containsExactly(sea);
        assertThat(jobsOf("to=" + between)).containsExactly(fox);
        assertThat(jobsOf("from=" + between)).containsExactly(sea);
        var page = anna.get("/api/assets?limit=1&kind=image").ok();
        assertThat(jobsOf("limit=1&kind=image&cursor=" + page.get("next_cursor").asString()))
                .containsExactly(fox);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=audio",
                "kind=",
                "job_type=x",
                "job_id=x",
                "from=yesterday",
                "from=%2B1000000000-12-31T23:59:59Z",
                "to=1",
                "favourite=1",
                "text=%00"
            })
    void line16AFilterThatIsNoneIs400(String query) {
        anna.get("/api/assets?" + query).error(400);
    }

    @Test
    void aUserPrefersAnAssetUntilTheyDoNot() {
        var asset = platform.newWorker().does(anna.ordered("a fox in snow"));
        platform.newWorker().does(anna.ordered("the sea"));

        bert.call("PUT", "/api/assets/" + asset + "/favourite", request -> request)
                .error(404);
        anna.call("PUT", "/api/assets/" + asset + "/favourite", request -> request)
                .ok();
        assertThat(favourites()).containsExactly(asset);
        assertThat(ids(anna, "favourite=false")).hasSize(1).doesNotContain(asset);
        bert.delete("/api/assets/" + asset + "/favourite").error(404);
        anna.delete("/api/assets/" + asset + "/favourite").ok();
        assertThat(favourites()).isEmpty();
        anna.delete("/api/assets/x/favourite").error(404);
    }

    @Test
    void severalAreDeletedAtOnceAndWhatIsNotTheUsersIsNotThere() throws IOException {
        var worker = platform.newWorker();
        var first = worker.does(anna.ordered("a fox in snow"));
        var second = worker.does(anna.ordered("the sea"));
        var kept = worker.does(anna.ordered("a street market"));
        var berts = worker.does(bert.ordered("a fox in snow"));
        var unknown = UUID.randomUUID().toString();
        assertThat(stored(first)).isPositive();

        var answer = anna.post("/api/assets/delete", idsBody(List.of(first, berts, second, unknown, first)))
                .ok();

        assertThat(texts(answer.get("deleted"))).containsExactlyInAnyOrder(first, second);
        assertThat(texts(answer.get("not_found"))).containsExactly(berts, unknown);
        assertThat(ids(anna, "")).containsExactly(kept);
        assertThat(ids(bert, "")).containsExactly(berts);
        assertThat(stored(first) + stored(second)).isZero();
        assertThat(stored(kept)).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"ids\": 1}", "{\"ids\": [\"x\"]}", "{\"ids\": [null]}", "{\"ids\": [[]]}"})
    void line16ADeletionOfWhatAreNoIdsIs400(String body) {
        anna.post("/api/assets/delete", body).error(400);
    }

    @Test
    void atMost500AreDeletedAtOnce() {
        var ids = Stream.generate(() -> UUID.randomUUID().toString()).limit(501).toList();
        anna.post("/api/assets/delete", idsBody(ids)).error(400);
        var answer =
                anna.post("/api/assets/delete", idsBody(ids.subList(0, 500))).ok();
        assertThat(answer.get("not_found")).hasSize(500);
    }

    @Test
    void aThumbnailIsShownBesideItsAssetAndGoesWithIt() throws IOException {
        var job = anna.order(Map.of("prompt", "a fox in snow", "num_images", 3))
                .ok()
                .at("/job/id")
                .asString();
        var worker = platform.newWorker();
        var held = worker.lease(job);
        worker.thumbnail(held, 0, WEBP).error(400); // there is no asset yet
        var assets = List.of(worker.uploaded(held, 0), worker.uploaded(held, 1), worker.uploaded(held, 2));
        worker.thumbnail(held, 0, WEBP).ok();
        worker.thumbnail(held, 2, WEBP).ok();
        worker.thumbnail(held, 2, WEBP).ok(); // its answer may have been lost
        worker.complete(held, assets).ok();
        worker.thumbnail(held, 1, WEBP).error(409);

        var thumbnails = anna.job(job).get("thumbnails");
        assertThat(thumbnails).hasSize(3);
        assertThat(thumbnails.get(1).isNull()).isTrue();
        var url = path(thumbnails.get(0).asString());
        var answer = platform.stranger().get(url);
        assertThat(answer.bytes()).isEqualTo(WEBP);
        assertThat(answer.header("Content-Type")).isEqualTo("image/webp");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(path(anna.get("/api/assets")
                        .ok()
                        .at("/assets/2/thumbnail_url")
                        .asString()))
                .isEqualTo(url);
        platform.stranger().get(url.replace("expires=1", "expires=2")).error(403);
        platform.stranger().call("DELETE", url, request -> request).error(403);
        platform.stranger()
                .get(path(anna.job(job).at("/assets/1").asString()).replace("?", "/thumbnail?"))
                .error(404);
        assertThat(stored(assets.getFirst())).isEqualTo(2);

        anna.delete("/api/assets/" + assets.getFirst()).ok();

        platform.stranger().get(url).error(404);
        assertThat(stored(assets.getFirst())).isZero();
    }

    @Test
    void line62AThumbnailThatIsTooLargeOrNoWebpIsRefusedAndTheJobGoesOn() {
        var held = platform.newWorker().lease(anna.ordered("a fox in snow"));
        var worker = platform.newWorker();
        var asset = worker.uploaded(held, 0);
        worker.thumbnail(held, 0, webp(Asset.MAX_THUMBNAIL_BYTES + 1)).error(413);
        worker.thumbnail(held, 0, TestWorker.png()).error(415);
        worker.thumbnail(held, 0, Arrays.copyOf(WEBP, WEBP.length - 1)).error(415);
        worker.thumbnail(held, 0, new byte[0]).error(415);
        worker.thumbnail(held, 1, WEBP).error(400);
        worker.thumbnail(held, 0, webp(Asset.MAX_THUMBNAIL_BYTES)).ok();
        worker.complete(held, List.of(asset)).ok();
    }

    @Test
    void line49AThumbnailFromALeaseThatIsLostIsRefused() {
        var worker = platform.newWorker();
        var held = worker.lease(anna.ordered("a fox in snow"));
        worker.uploaded(held, 0);
        worker.release(held).ok();
        worker.thumbnail(held, 0, WEBP).error(409);
        anna.delete("/api/jobs/" + held.job()).ok();
    }

    @Test
    void line10AThumbnailIsForWorkersToHandIn() {
        var path = "/worker/jobs/" + anna.ordered("a fox in snow") + "/assets/0/thumbnail";
        assertThat(anna.call("PUT", path, request -> request).status()).isIn(401, 403);
    }

    @Test
    void aJobsAssetsComeInOneZipInTheirOrder() throws IOException {
        var job = made("a fox, in snow!", 3, 7);

        var answer = anna.get("/api/jobs/" + job + "/zip");

        assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"a-fox-in-snow-7.zip\"; filename*=UTF-8''a-fox-in-snow-7.zip");
        var files = unzipped(answer);
        assertThat(files.keySet())
                .containsExactly("001-a-fox-in-snow-7.png", "002-a-fox-in-snow-8.png", "003-a-fox-in-snow-9.png");
        assertThat(files.values()).allSatisfy(file -> assertThat(file).isEqualTo(TestWorker.png()));
        bert.get("/api/jobs/" + job + "/zip").error(404);
        anna.get("/api/jobs/" + anna.ordered("the sea") + "/zip").error(404);
        platform.stranger().get("/api/jobs/" + job + "/zip").error(401);
    }

    @Test
    void namedAssetsComeInOneZipInTheOrderThatTheyAreNamedAndNamesNeverLeaveIt() throws IOException {
        var worker = platform.newWorker();
        var climbing = worker.does(anna.order(Map.of("prompt", "../../etc/passwd", "seed", 7))
                .ok()
                .at("/job/id")
                .asString());
        var nameless = worker.does(anna.order(Map.of("prompt", "\\..:/*", "seed", 7))
                .ok()
                .at("/job/id")
                .asString());
        var norse = worker.does(anna.order(Map.of("prompt", "en r\u00f8d r\u00e6v", "seed", 7))
                .ok()
                .at("/job/id")
                .asString());
        var same = worker.does(anna.order(Map.of("prompt", "../../etc/passwd", "seed", 7))
                .ok()
                .at("/job/id")
                .asString());

        var files = unzipped(zip(anna, List.of(norse, climbing, nameless, same, norse)));

        assertThat(files.keySet())
                .containsExactly(
                        "001-en-r\u00f8d-r\u00e6v-7.png",
                        "002-etc-passwd-7.png",
                        "003-sdxl_image_fast-7.png",
                        "004-etc-passwd-7.png");
        var berts = worker.does(bert.ordered("a fox in snow"));
        zip(anna, List.of(norse, berts)).error(404);
        zip(anna, List.of(norse, "x")).error(404);
        anna.get("/api/assets/zip").error(400);
        anna.get("/api/assets/zip?ids=").error(404);
        zip(anna, Stream.generate(() -> UUID.randomUUID().toString()).limit(101).toList())
                .error(400);
    }

    @Test
    void aZipIsSentWhileItIsMade() throws IOException {
        var held = platform.newWorker().lease(anna.ordered("a fox in snow"));
        var worker = platform.newWorker();
        var large = Arrays.copyOf(TestWorker.png(), 5 * 1_048_576);
        var asset = worker.upload(held, "0", large).ok().get("asset").asString();
        worker.complete(held, List.of(asset)).ok();

        var answer = zip(anna, List.of(asset));

        assertThat(answer.header("Content-Length")).isEmpty(); // nobody knew how long it would be
        assertThat(unzipped(answer).firstEntry().getValue()).isEqualTo(large);
        assertThat(answer.bytes()).hasSizeGreaterThan(large.length); // nothing is packed again
    }

    @Test
    void aUserIsToldWhatTheirFilesTake() {
        var worker = platform.newWorker();
        var held = worker.lease(anna.ordered("a fox in snow"));
        var asset = worker.uploaded(held, 0);
        worker.thumbnail(held, 0, WEBP).ok();
        worker.complete(held, List.of(asset)).ok();

        var storage = anna.get("/api/storage").ok();

        assertThat(storage.at("/images/count").asInt()).isEqualTo(1);
        assertThat(storage.at("/images/bytes").asLong()).isEqualTo(TestWorker.png().length + WEBP.length);
        assertThat(storage.at("/videos/count").asInt()).isZero();
        assertThat(storage.at("/reference_images/bytes_limit").asLong()).isEqualTo(1_073_741_824);
        assertThat(storage.get("bytes").asLong())
                .isEqualTo(storage.at("/images/bytes").asLong());
        assertThat(bert.get("/api/storage").ok().get("bytes").asLong()).isZero();
        anna.delete("/api/assets/" + asset).ok();
        assertThat(anna.get("/api/storage").ok().get("bytes").asLong()).isZero();
    }

    @Test
    void line01AssetsNeedAToken() {
        for (var path : List.of("/api/assets", "/api/assets/zip?ids=x", "/api/storage")) {
            platform.stranger().get(path).error(401);
        }
        platform.stranger().post("/api/assets/delete", idsBody(List.of())).error(401);
    }

    @Test
    void theApiDescribesTheRoutesOfAssets() {
        var paths = platform.stranger().get("/openapi.json").ok().get("paths");
        assertThat(paths.propertyNames())
                .contains(
                        "/api/assets",
                        "/api/assets/delete",
                        "/api/assets/zip",
                        "/api/assets/{id}",
                        "/api/assets/{id}/favourite",
                        "/api/jobs/{id}/zip",
                        "/api/storage",
                        "/files/{id}/thumbnail",
                        "/worker/jobs/{id}/assets/{index}/thumbnail");
        assertThat(paths.at("/~1api~1assets/get/parameters"))
                .extracting(parameter -> parameter.get("name").asString())
                .contains("job_type", "kind", "project_id", "from", "to", "favourite", "text", "cursor", "limit");
        assertThat(paths.at("/~1api~1assets~1zip/get/responses/200/content").propertyNames())
                .containsExactly("application/zip");
    }

    private static final byte[] WEBP = webp(44);

    /** So many bytes that begin as a WebP does. */
    private static byte[] webp(int length) {
        var file = Arrays.copyOf("RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII), length);
        IntStream.range(0, 4).forEach(place -> file[4 + place] = (byte) ((length - 8) >> (8 * place)));
        return file;
    }

    /** The id of a job of Anna's that is done. */
    private String made(String prompt, int count, long seed) {
        var job = anna.order(Map.of("prompt", prompt, "num_images", count, "seed", seed))
                .ok()
                .at("/job/id")
                .asString();
        var worker = platform.newWorker();
        var held = worker.lease(job);
        var assets = IntStream.range(0, count)
                .mapToObj(index -> worker.uploaded(held, index))
                .toList();
        worker.complete(held, assets).ok();
        return job;
    }

    private List<String> jobsOf(String query) {
        return texts(anna.get("/api/assets?" + query).ok().get("assets"), "job_id");
    }

    private List<String> favourites() {
        return ids(anna, "favourite=true");
    }

    private static List<String> ids(Client client, String query) {
        return texts(client.get("/api/assets?" + query).ok().get("assets"), "id");
    }

    private static List<String> texts(JsonNode items, String field) {
        return items.valueStream().map(item -> item.get(field).asString()).toList();
    }

    private static List<String> texts(JsonNode items) {
        return items.valueStream().map(JsonNode::asString).toList();
    }

    private static String idsBody(List<String> ids) {
        return Client.JSON.writeValueAsString(Map.of("ids", ids));
    }

    private static Answer zip(Client client, List<String> ids) {
        return client.get("/api/assets/zip?ids=" + ids.stream().collect(Collectors.joining(",")));
    }

    private static SequencedMap<String, byte[]> unzipped(Answer answer) throws IOException {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        var files = new LinkedHashMap<String, byte[]>();
        try (var zip = new ZipInputStream(new ByteArrayInputStream(answer.bytes()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    /** How many files are kept of the asset. */
    private long stored(String asset) throws IOException {
        try (var files = Files.walk(platform.data().resolve("objects"))) {
            return files.filter(file -> String.valueOf(file.getFileName()).startsWith(asset))
                    .count();
        }
    }

    private static String path(String url) {
        var uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
