package com.ourvidz.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.ourvidz.server.auth.TestIssuer;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens of an external issuer, who publishes RSA and EC keys, beside the platform's own. */
class JwksCampaignTest {

    private static TestIssuer issuer;
    private static TestPlatform platform;

    @BeforeAll
    static void start() throws IOException, JOSEException {
        issuer = new TestIssuer();
        platform = new TestPlatform(settings(issuer));
    }

    @AfterAll
    static void stop() throws IOException {
        platform.close();
        issuer.close();
    }

    private static Map<String, String> settings(TestIssuer issuer) {
        return Map.of(
                "OURVIDZ_JWKS_URL", issuer.keys().toString(),
                "OURVIDZ_JWT_ISSUER", TestIssuer.NAME,
                "OURVIDZ_JWT_AUDIENCE", TestIssuer.AUDIENCE);
    }

    @Test
    void rs256AndEs256SignAUserIn() {
        for (var token : List.of(issuer.rs256(good()), issuer.es256(good()))) {
            var session = platform.withToken(token).get("/api/session").ok();
            assertThat(session.get("user").asString()).isEqualTo("auth0|mallory");
            assertThat(session.get("admin").asBoolean()).isFalse();
        }
        var typed = issuer.rs256(good(), header -> header.type(new JOSEObjectType("at+jwt")));
        platform.withToken(typed).get("/api/session").ok();
    }

    @Test
    void thePlatformsOwnTokensGoOnToCount() {
        platform.newUser().get("/api/jobs").ok();
        platform.user(Platform.OWNER).get("/api/admin/users").ok();
    }

    @Test
    void line1GarbageIs401() {
        for (var garbage : List.of("garbage", "a.b.c", "..", "e30.e30.", issuer.rs256(good()) + "x")) {
            refused(garbage);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE"})
    void line2AlgNoneIs401(String algorithm) {
        refused(TestTokens.unsigned(Map.of("alg", algorithm), good().toJSONObject()));
        refused(TestTokens.unsigned(Map.of("alg", algorithm, "kid", "rsa-1"), good().toJSONObject()));
    }

    @Test
    void line3Hs256SignedWithThePublicKeyIs401() throws JOSEException {
        var der = issuer.rsa().toRSAPublicKey().getEncoded();
        var pem = "-----BEGIN PUBLIC KEY-----\n" + TestTokens.base64(der) + "\n-----END PUBLIC KEY-----\n";
        var jwk = issuer.rsa().toPublicJWK().toJSONString();
        for (var key :
                List.of(der, bytes(pem), bytes(jwk), issuer.rsa().getModulus().decode())) {
            for (var name : List.of(TestIssuer.NAME, "ourvidz")) {
                var claims =
                        TestIssuer.claims("mallory").issuer(name).audience(List.of(TestIssuer.AUDIENCE, "ourvidz"));
                refused(TestTokens.hs256(
                        Map.of("alg", "HS256", "kid", "rsa-1"), claims.build().toJSONObject(), key));
            }
        }
    }

    @Test
    void line3OtherAlgorithmsOfTheSameKeyAre401() {
        for (var algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            refused(TestIssuer.signed(
                    new JWSHeader.Builder(algorithm).keyID("rsa-1"), header -> header, good(), issuer.rsa()));
        }
    }

    @Test
    void line4KeysInTheHeaderAre401AndNothingIsFetched() throws IOException, JOSEException {
        var fetched = new AtomicInteger();
        var attackers = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        var attacker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        attacker.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        attacker.start();
        try {
            var url = URI.create("http://127.0.0.1:" + attacker.getAddress().getPort() + "/keys.json");
            List<UnaryOperator<JWSHeader.Builder>> headers = List.of(
                    header -> header.jwk(attackers.toPublicJWK()),
                    header -> header.jwkURL(url),
                    header -> header.x509CertURL(url));
            for (var header : headers) {
                refused(signedBy(attackers, header));
                refused(signedBy(issuer.rsa(), header));
            }
            assertThat(fetched).hasValue(0);
        } finally {
            attacker.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../../../../dev/null", "/etc/passwd", "x' UNION SELECT 'key' --", "a\u0000b", "rsa-1\u0000"})
    void line5AKeyIdThatIsAPathOrSqlIs401AndOnlyTheKeySetIsFetched(String kid) {
        refused(issuer.rs256(good(), header -> header.keyID(kid)));
        refused(TestTokens.hs256(Map.of("alg", "HS256", "kid", kid), good().toJSONObject(), new byte[] {0}));
        assertThat(issuer.fetched()).allMatch("/keys.json"::equals);
    }

    @Test
    void line6ExpiryAndStartAllow60SecondsOfSkewAndExpiryIsNeeded() {
        accepted(claims().expirationTime(inSeconds(-30)));
        refused(claims().expirationTime(inSeconds(-90)));
        accepted(claims().notBeforeTime(inSeconds(30)));
        refused(claims().notBeforeTime(inSeconds(90)));
        refused(claims().expirationTime(null));
    }

    @Test
    void line6AnotherIssuerOrAudienceOrNoneIs401() {
        accepted(claims().audience(List.of("another", TestIssuer.AUDIENCE)));
        refused(claims().audience("another"));
        refused(claims().audience((String) null));
        refused(claims().issuer("https://elsewhere.example"));
        refused(claims().issuer("ourvidz"));
        refused(claims().issuer(null));
    }

    @Test
    void line8AnAdminClaimOfTheIssuerIs403() {
        var claims = claims().claim("admin", true).claim("role", "admin").claim("scope", "ADMIN admin");
        platform.withToken(issuer.rs256(claims.build())).get("/api/admin/users").error(403);
    }

    @Test
    void theIssuerSpeaksNeitherForTheOwnerNorForWhoSignsInHere() {
        refused(claims().subject(Platform.OWNER));
        var name = TestPlatform.newName();
        accepted(claims().subject(name));
        var password = Map.of("name", name, "password", "a long password");
        platform.user(Platform.OWNER)
                .post("/api/admin/users/password", Client.JSON.writeValueAsString(password))
                .ok();
        refused(claims().subject(name).issueTime(inSeconds(10)));
    }

    @Test
    void whoSignsInElsewhereHasNoPasswordToChangeHere() {
        var user = platform.withToken(issuer.rs256(good()));
        user.post("/api/session/password", "{\"new_password\": \"a long password\"}")
                .error(409);
    }

    @Test
    void whileTheIssuerCannotBeReachedItsTokensAre503AndOurOwnCount() throws IOException, JOSEException {
        try (var silent = new TestIssuer()) {
            silent.setDown(true);
            try (var cutOff = new TestPlatform(settings(silent))) {
                var answer = cutOff.withToken(silent.rs256(good())).get("/api/jobs");
                answer.error(503);
                assertThat(answer.header("Retry-After")).isNotEmpty();
                cutOff.newUser().get("/api/jobs").ok();
            }
        }
    }

    private static String signedBy(RSAKey key, UnaryOperator<JWSHeader.Builder> more) {
        return TestIssuer.signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa-1"), more, good(), key);
    }

    private static JWTClaimsSet good() {
        return claims().build();
    }

    private static JWTClaimsSet.Builder claims() {
        return TestIssuer.claims("auth0|mallory");
    }

    private static Date inSeconds(int seconds) {
        return Date.from(Instant.now().plusSeconds(seconds));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void accepted(JWTClaimsSet.Builder claims) {
        platform.withToken(issuer.rs256(claims.build())).get("/api/jobs").ok();
    }

    private static void refused(JWTClaimsSet.Builder claims) {
        refused(issuer.rs256(claims.build()));
    }

    private static void refused(String token) {
        platform.withToken(token).get("/api/jobs").error(401);
    }
}
