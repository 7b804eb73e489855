package com.ourvidz.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.server.Platform;
import com.ourvidz.server.Settings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ourvidz user}, with and without a platform that runs on the same data. */
class UserCommandTest {

    @TempDir
    private Path folder;

    private final InputStream stdin = System.in;
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void redirect() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        System.setProperty("OURVIDZ_DATA", folder.resolve("data").toString());
    }

    @AfterEach
    void restore() {
        System.setIn(stdin);
        System.setOut(stdout);
        System.setErr(stderr);
        System.clearProperty("OURVIDZ_DATA");
    }

    @Test
    void whatIsChangedCountsAtOnceOnARunningPlatform() throws IOException, InterruptedException {
        try (var platform = Platform.start(Settings.read(Map.of("OURVIDZ_PORT", "0", "OURVIDZ_WORKERS", "none")))) {
            type("a red lighthouse");
            assertThat(Main.run("user", "add", "anna", "--password-stdin"))
                    .as(said())
                    .isZero();
            assertThat(signIn(platform, "a red lighthouse")).isEqualTo(200);

            var token = platform.token("anna");
            assertThat(get(platform, token)).isEqualTo(200);
            assertThat(Main.run("user", "disable", "anna")).isZero();
            assertThat(get(platform, token)).isEqualTo(401);
            assertThat(signIn(platform, "a red lighthouse")).isEqualTo(401);

            assertThat(Main.run("user", "enable", "anna")).isZero();
            type("a fox in snow");
            assertThat(Main.run("user", "password", "anna")).isZero();
            assertThat(signIn(platform, "a red lighthouse")).isEqualTo(401);
            assertThat(signIn(platform, "a fox in snow")).isEqualTo(200);
        }
    }

    @Test
    void usersAreAddedPaidAndListedWithoutAPlatform() {
        assertThat(Main.run("user", "add", "anna", "--admin")).as(said()).isZero();
        assertThat(Main.run("user", "add", "bert")).isZero();
        assertThat(Main.run("user", "disable", "bert")).isZero();
        assertThat(Main.run("user", "grant", "anna", "50")).isZero();
        assertThat(printed()).contains("anna has 1050 credits.");
        out.reset();
        assertThat(Main.run("user", "list")).isZero();
        assertThat(printed().lines())
                .containsExactlyInAnyOrder("bert  1000 credits  disabled", "anna  1050 credits  admin");
        assertThat(said()).isEmpty();
    }

    @Test
    void anAdministratorIsMadeAndUnmadeButNotTheLastOne() {
        assertThat(Main.run("user", "add", "anna")).as(said()).isZero();
        assertThat(Main.run("user", "add", "bert", "--admin")).isZero();
        assertThat(Main.run("user", "admin", "bert", "--off")).isEqualTo(1);
        assertThat(said()).contains("last administrator");
        assertThat(Main.run("user", "admin", "anna")).isZero();
        assertThat(Main.run("user", "admin", "bert", "--off")).isZero();
        out.reset();
        assertThat(Main.run("user", "list")).isZero();
        assertThat(printed().lines()).containsExactlyInAnyOrder("bert  1000 credits", "anna  1000 credits  admin");
    }

    @Test
    void whatCannotBeDoneIsSaidInASentence() {
        assertThat(Main.run("user", "disable", "nobody")).isEqualTo(1);
        type("short");
        assertThat(Main.run("user", "add", "anna", "--password-stdin")).isEqualTo(1);
        assertThat(Main.run("user", "add", "anna")).isZero();
        assertThat(Main.run("user", "add", "anna")).isEqualTo(1);
        assertThat(Main.run("user", "grant", "anna", "-5")).isNotZero();
        assertThat(Main.run("user", "grant", "anna", "0")).isEqualTo(1);
        assertThat(said()).hasLineCount(5).doesNotContain("Exception");
        assertThat(Main.run("user")).isEqualTo(2);
        assertThat(Main.run("user", "--help")).isZero();
    }

    private static void type(String line) {
        System.setIn(new ByteArrayInputStream((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private static int signIn(Platform platform, String password) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(platform.url().resolve("/api/session"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"anna\", \"password\": \"" + password + "\"}")));
    }

    private static int get(Platform platform, String token) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(platform.url().resolve("/api/jobs")).header("Authorization", "Bearer " + token));
    }

    private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
