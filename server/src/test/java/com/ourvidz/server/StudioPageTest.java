package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPlatform.Shared.class)
class StudioPageTest {

    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"(/assets/studio/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("(?:from|import)\\s*\"[.]/([^\"]+)\"");
    private static final int BUDGET = 100 * 1024;

    private final Client stranger;

    StudioPageTest(TestPlatform platform) {
        this.stranger = platform.stranger();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/library", "/library/some-asset", "/account", "/account/tokens", "/admin", "/?prompt=fox"})
    void everyAddressOfTheStudioIsThePage(String path) {
        var page = stranger.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(page.text()).contains("<ov-app>");
        assertThat(page.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
                .doesNotContain("unsafe-inline", "unsafe-eval", "http:", "https:");
    }

    @Test
    void scriptsAndStylesAreKeptForEverAndThePageIsAskedForEachTime() {
        var files = named();
        assertThat(files).hasSize(4).allSatisfy(path -> {
            var file = stranger.get(path);
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Cache-Control")).contains("max-age=31536000", "immutable");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            unchanged(path, file);
        });
        unchanged("/", stranger.get("/"));
    }

    @Test
    void whoTakesGzipGetsTheSameCompressed() throws IOException {
        for (var path : named()) {
            var plain = stranger.get(path);
            var zipped = stranger.send(path, request -> request.header("Accept-Encoding", "br, gzip"));
            assertThat(plain.header("Content-Encoding")).isEmpty();
            assertThat(zipped.header("Content-Encoding")).isEqualTo("gzip");
            assertThat(zipped.header("Vary")).contains("Accept-Encoding");
            assertThat(zipped.header("ETag")).isNotEqualTo(plain.header("ETag"));
            try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.bytes()))) {
                assertThat(unzipped.readAllBytes()).isEqualTo(plain.bytes());
            }
        }
    }

    @Test
    void theFirstLoadTakesAtMost100KilobytesOfScript() {
        var first = named().stream().filter(path -> path.endsWith(".js")).toList();
        var all = first.stream()
                .flatMap(path -> withImports(path).stream())
                .distinct()
                .toList();
        var bytes = all.stream().mapToInt(path -> zipped(path).length).sum();
        assertThat(all).hasSizeGreaterThan(first.size());
        assertThat(bytes).as("gzipped bytes of " + all).isPositive().isLessThanOrEqualTo(BUDGET);
    }

    @Test
    void noScriptWritesMarkup() {
        for (var path :
                named().stream().flatMap(path -> withImports(path).stream()).toList()) {
            assertThat(stranger.get(path).text())
                    .doesNotContain("document.write", "insertAdjacentHTML", "unsafeHTML", "eval(", "new Function");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/studio/nothing.js",
                "/assets/studio/index.html",
                "/assets/studio/a..b",
                "/studio",
                "/index.html"
            })
    void whatIsNotThereIsSaidToBeNotThere(String path) {
        assertThat(stranger.get(path).status()).isIn(401, 404);
    }

    private void unchanged(String path, Answer file) {
        var again = stranger.send(path, request -> request.header("If-None-Match", file.header("ETag")));
        assertThat(file.header("ETag")).isNotBlank();
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
    }

    private List<String> named() {
        return NAMED.matcher(stranger.get("/").text())
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** With what it imports before anything is shown, and so on. */
    private List<String> withImports(String path) {
        var files = new ArrayList<>(List.of(path));
        for (int i = 0; i < files.size(); i++) {
            IMPORTED.matcher(stranger.get(files.get(i)).text())
                    .results()
                    .map(match -> "/assets/studio/" + match.group(1))
                    .filter(file -> !files.contains(file))
                    .forEach(files::add);
        }
        return files;
    }

    private byte[] zipped(String path) {
        return stranger.send(path, request -> request.header("Accept-Encoding", "gzip"))
                .bytes();
    }
}
