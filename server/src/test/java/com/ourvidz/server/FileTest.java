package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Stored files over signed links, as RFC 9110 and RFC 6266 have it. */
@ExtendWith(TestPlatform.Shared.class)
class FileTest {

    private final TestPlatform platform;
    private final Client anna;
    private final Client stranger;

    FileTest(TestPlatform platform) {
        this.platform = platform;
        this.anna = platform.newUser();
        this.stranger = platform.stranger();
    }

    /** What there are links to. */
    enum Kind {
        ASSET,
        REFERENCE,
        REFERENCE_THUMBNAIL
    }

    @ParameterizedTest
    @EnumSource
    void aPartIsServedAndTheWholeIsTold(Kind kind) {
        var url = url(kind);
        var whole = stranger.get(url);
        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.header("Accept-Ranges")).isEqualTo("bytes");
        var length = whole.bytes().length;
        assertThat(whole.header("Content-Length")).isEqualTo(Integer.toString(length));

        part(url, "bytes=1-3", whole.bytes(), 1, 4);
        part(url, "bytes=5-", whole.bytes(), 5, length);
        part(url, "bytes=-2", whole.bytes(), length - 2, length);
        part(url, "bytes=0-99999999", whole.bytes(), 0, length);
        for (var beyond : new String[] {"bytes=99999999-", "bytes=-0"}) {
            var answer = get(url, "Range", beyond);
            answer.error(416);
            assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=0-1,3-4", "bytes=0-1,99999999-", "bytes=3-1", "bytes=x", "bytes=", "lines=0-1", "1-2"})
    void severalRangesAndWhatIsNoneGetTheWhole(String range) {
        var url = url(Kind.ASSET);
        var answer = get(url, "Range", range);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(TestWorker.png());
    }

    @ParameterizedTest
    @EnumSource
    void whatTheClientHasIsNotSentAgain(Kind kind) {
        var url = url(kind);
        var etag = stranger.get(url).header("ETag");
        assertThat(etag).matches("\"[0-9a-f-]{36}\"");

        var unchanged = get(url, "If-None-Match", etag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.bytes()).isEmpty();
        assertThat(unchanged.header("Cache-Control")).contains("private");
        assertThat(get(url, "If-None-Match", "W/" + etag).status()).isEqualTo(304);
        assertThat(get(url, "If-None-Match", etag, "Range", "bytes=0-1").status())
                .isEqualTo(304);
        assertThat(get(url, "If-None-Match", "\"other\"").status()).isEqualTo(200);
        assertThat(get(url, "If-Range", etag, "Range", "bytes=0-1").status()).isEqualTo(206);
        for (var other : new String[] {"\"other\"", "W/" + etag, "Wed, 21 Oct 2026 07:28:00 GMT"}) {
            assertThat(get(url, "If-Range", other, "Range", "bytes=0-1").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void itsHeadSaysTheSameWithoutTheBody(Kind kind) {
        var url = url(kind);
        var whole = stranger.get(url);
        var head = stranger.call("HEAD", url, request -> request);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.bytes()).isEmpty();
        for (var header : new String[] {
            "Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Content-Disposition", "Content-Security-Policy"
        }) {
            assertThat(head.header(header))
                    .as(header)
                    .isEqualTo(whole.header(header))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBrowserShowsItAndRunsNothing(Kind kind) {
        var answer = stranger.get(url(kind));
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.response().headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("sandbox; default-src 'none'");
        assertThat(answer.header("Content-Disposition")).startsWith("inline; ");
    }

    @Test
    void aBrowserSavesItUnderItsPrompt() {
        var url = url(Map.of("prompt", "en r\u00f8d r\u00e6v, \"i\" sne\r\n", "seed", 7));
        assertThat(stranger.get(url).header("Content-Disposition"))
                .isEqualTo(
                        "inline; filename=\"en-r_d-r_v-i-sne-7.png\"; filename*=UTF-8''en-r%C3%B8d-r%C3%A6v-i-sne-7.png");
        assertThat(stranger.get(url + "&download=1").header("Content-Disposition"))
                .startsWith("attachment; ");
        assertThat(stranger.get(url + "&download=no").header("Content-Disposition"))
                .startsWith("inline; ");
    }

    private void part(String url, String range, byte[] whole, int from, int to) {
        var answer = get(url, "Range", range);
        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.header("Content-Range")).isEqualTo("bytes %d-%d/%d".formatted(from, to - 1, whole.length));
        assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(whole, from, to));
        assertThat(answer.header("ETag")).isNotEmpty();
        assertThat(answer.header("Content-Type")).isEqualTo("image/png");
        assertThat(answer.header("Content-Security-Policy")).startsWith("sandbox");
    }

    private Answer get(String url, String... headers) {
        return stranger.call("GET", url, request -> request.headers(headers));
    }

    private String url(Kind kind) {
        return switch (kind) {
            case ASSET -> url(Map.of("prompt", "a fox in snow"));
            case REFERENCE -> path(reference().at("/url").asString());
            case REFERENCE_THUMBNAIL ->
                path(reference().at("/reference_image/thumbnail_url").asString());
        };
    }

    private String url(Map<String, Object> order) {
        var job = anna.order(order).ok().at("/job/id").asString();
        platform.newWorker().does(job);
        return path(anna.job(job).at("/assets/0").asString());
    }

    private JsonNode reference() {
        return Uploads.picture(anna, TestWorker.png()).ok();
    }

    private static String path(String url) {
        var uri = URI.create(url);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }
}
