package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(TestPlatform.Shared.class)
class AuthenticationCampaignTest {

    private static final Map<String, Object> HS256 = Map.of("alg", "HS256");

    private final TestPlatform platform;

    AuthenticationCampaignTest(TestPlatform platform) {
        this.platform = platform;
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/queue-job",
        "GET, /api/jobs",
        "GET, /api/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61",
        "DELETE, /api/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61",
        "GET, /api/assets",
        "DELETE, /api/assets/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61",
        "GET, /api/queue-status",
        "GET, /no/such/route"
    })
    void line1NoOrGarbageTokenIs401(String method, String path) {
        platform.stranger().call(method, path, request -> request).error(401);
        platform.withToken("garbage").call(method, path, request -> request).error(401);
        platform.withToken("a.b.c").call(method, path, request -> request).error(401);
        platform.stranger()
                .call(method, path, request -> request.header("Authorization", "Basic dXNlcjpwYXNz"))
                .error(401);
    }

    /** All routes there are, so that a new one cannot be forgotten. */
    @Test
    void line1AndLine10EveryRouteOfTheDescriptionTakesItsOwnKindOfTokenOnly() {
        var routes = new ApiDocument(platform.stranger().get("/openapi.json").ok()).operations();
        var user = platform.newUser();
        var worker = platform.withToken(platform.workerKey());
        var guarded = 0;
        for (var route : routes) {
            var path = route.path().replaceAll("\\{[^}]*}", "6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61");
            var security = route.description().path("security").toString();
            if (security.contains("user")) {
                assertThat(status(platform.stranger(), route.method(), path))
                        .as(route.toString())
                        .isEqualTo(401);
                assertThat(status(platform.withToken("garbage"), route.method(), path))
                        .as(route.toString())
                        .isEqualTo(401);
                assertThat(status(worker, route.method(), path))
                        .as(route.toString())
                        .isIn(401, 403);
                guarded++;
            }
            if (security.contains("worker")) {
                assertThat(status(platform.stranger(), route.method(), path))
                        .as(route.toString())
                        .isEqualTo(401);
                assertThat(status(user, route.method(), path))
                        .as(route.toString())
                        .isIn(401, 403);
                guarded++;
            }
        }
        assertThat(guarded).isGreaterThan(35).isGreaterThanOrEqualTo(routes.size() - 15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "nOnE", "NONE"})
    void line2AlgNoneIs401(String algorithm) {
        var header = Map.<String, Object>of("alg", algorithm);
        refused(TestTokens.unsigned(header, claims()));
        refused(TestTokens.hs256(header, claims(), secret()));
    }

    @Test
    void line3Hs256SignedWithAPublicKeyIs401() throws GeneralSecurityException {
        var publicKey = rsa().getPublic().getEncoded();
        refused(TestTokens.hs256(HS256, claims(), publicKey));
        var pem = "-----BEGIN PUBLIC KEY-----\n" + TestTokens.base64(publicKey) + "\n-----END PUBLIC KEY-----\n";
        refused(TestTokens.hs256(HS256, claims(), pem.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void line3OtherAlgorithmsAre401() throws GeneralSecurityException {
        var content = TestTokens.part(Map.of("alg", "RS256")) + "." + TestTokens.part(claims());
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(rsa().getPrivate());
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        refused(content + "." + TestTokens.base64(signature.sign()));
    }

    @Test
    void line4KeysInTheHeaderAre401AndNothingIsFetched() throws IOException {
        var fetched = new AtomicInteger();
        var attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        attacker.start();
        try {
            var url = "http://127.0.0.1:" + attacker.getAddress().getPort() + "/keys.json";
            var key = "an attacker's own key of 32 bytes".getBytes(StandardCharsets.US_ASCII);
            var jwk = Map.of("kty", "oct", "k", TestTokens.base64(key));
            for (var header : new Object[][] {{"jwk", jwk}, {"jku", url}, {"x5u", url}}) {
                var named = Map.of("alg", "HS256", (String) header[0], header[1]);
                refused(TestTokens.hs256(named, claims(), key));
                refused(TestTokens.hs256(named, claims(), secret()));
            }
            assertThat(fetched).hasValue(0);
        } finally {
            attacker.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../../dev/null", "/dev/null", "x' UNION SELECT 'key' --", "a\u0000b"})
    void line5AKeyIdThatIsAPathOrSqlIs401(String kid) {
        var header = Map.<String, Object>of("alg", "HS256", "kid", kid);
        refused(TestTokens.hs256(header, claims(), new byte[] {0}));
        refused(TestTokens.hs256(header, claims(), secret()));
    }

    @Test
    void line6ExpiryAndStartAllow60SecondsOfSkew() {
        var now = Instant.now().getEpochSecond();
        accepted(claims("exp", now - 30));
        refused(claims("exp", now - 90));
        accepted(claims("nbf", now + 30));
        refused(claims("nbf", now + 90));
    }

    @Test
    void line6IssuerAndAudienceMayBeLeftOutButNotBeOthers() {
        accepted(claims());
        accepted(claims("iss", "ourvidz"));
        accepted(claims("aud", "ourvidz"));
        refused(claims("iss", "https://elsewhere.example"));
        refused(claims("aud", "another service"));
    }

    @Test
    void aTokenNeedsASubjectOfPrintableCharacters() {
        refused(Map.of("exp", Instant.now().getEpochSecond() + 60));
        refused(claims("sub", ""));
        refused(claims("sub", "a".repeat(129)));
        refused(claims("sub", "line\nbreak"));
        accepted(claims("sub", "Zoë Łukasz"));
    }

    @Test
    void line9AShortSecretStopsTheStartAndSaysSo() {
        var settings = platform.settings(Map.of("OURVIDZ_JWT_SECRET", "only 21 bytes of this"));
        assertThatThrownBy(() -> Platform.start(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("OURVIDZ_JWT_SECRET", "32 bytes", "21");
    }

    @Test
    void line9SecretsAreMadeForTheirOwnerOnly() throws IOException {
        for (var name : new String[] {"jwt.secret", "worker.key", "links.secret"}) {
            var file = platform.data().resolve(name);
            assertThat(Files.readString(file).strip()).hasSizeGreaterThanOrEqualTo(32);
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /worker/lease",
        "POST, /worker/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61/heartbeat",
        "PUT, /worker/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61/assets/0",
        "POST, /worker/jobs/6f1c3c0e-8d0b-4a52-9a53-2f9d3c4b5a61/release",
        "POST, /api/job-callback",
        "GET, /actuator/prometheus"
    })
    void line10WorkerRoutesTakeTheWorkerKeyOnly(String method, String path) {
        platform.newUser().call(method, path, request -> request).error(401);
        platform.stranger().call(method, path, request -> request).error(401);
        platform.withToken(platform.workerKey() + "x")
                .call(method, path, request -> request)
                .error(401);
    }

    @Test
    void line10TheWorkerKeyOpensNoUserRoute() {
        var worker = platform.withToken(platform.workerKey());
        worker.get("/api/jobs").error(401);
        worker.order("a fox in snow").error(401);
    }

    private void accepted(Map<String, Object> claims) {
        platform.withToken(TestTokens.hs256(HS256, claims, secret()))
                .get("/api/jobs")
                .ok();
    }

    private static int status(Client client, String method, String path) {
        return client.call(method, path, request -> request).status();
    }

    private void refused(Map<String, Object> claims) {
        refused(TestTokens.hs256(HS256, claims, secret()));
    }

    private void refused(String token) {
        platform.withToken(token).get("/api/jobs").error(401);
    }

    private byte[] secret() {
        try {
            return Files.readString(platform.data().resolve("jwt.secret"))
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> claims() {
        return Map.of("sub", "mallory");
    }

    private static Map<String, Object> claims(String name, Object value) {
        var claims = new HashMap<>(claims());
        claims.put(name, value);
        return claims;
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }
}
