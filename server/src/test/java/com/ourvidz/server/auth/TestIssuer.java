package com.ourvidz.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** Somebody who signs users in, with real keys, which a real HTTP server publishes. */
public final class TestIssuer implements AutoCloseable {

    public static final String NAME = "https://id.example";
    public static final String AUDIENCE = "pictures";

    private final HttpServer http;
    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private RSAKey rsa;
    private ECKey ec;
    private boolean down;

    public TestIssuer() throws IOException, JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", this::answer);
        http.start();
    }

    public URI keys() {
        return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + "/keys.json");
    }

    /** The paths of all requests so far. */
    public List<String> fetched() {
        return List.copyOf(fetched);
    }

    /** From now on the keys cannot be had, or can again. */
    public void setDown(boolean down) {
        this.down = down;
    }

    /** Publishes other keys, and signs with them. */
    public void rotate() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-2").generate();
    }

    public RSAKey rsa() {
        return rsa;
    }

    /** The claims of a good token. */
    public static JWTClaimsSet.Builder claims(String user) {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .subject(user)
                .issuer(NAME)
                .audience(AUDIENCE)
                .issueTime(Date.from(now.minusSeconds(600)))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    public String rs256(JWTClaimsSet claims) {
        return rs256(claims, header -> header);
    }

    public String rs256(JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> more) {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(rsa.getKeyID()), more, claims, rsa);
    }

    public String es256(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256)
                            .keyID(ec.getKeyID())
                            .build(),
                    claims);
            token.sign(new ECDSASigner(ec));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Signed with any RSA key. */
    public static String signed(
            JWSHeader.Builder header, UnaryOperator<JWSHeader.Builder> more, JWTClaimsSet claims, RSAKey key) {
        try {
            var token = new SignedJWT(more.apply(header).build(), claims);
            JWSSigner signer = new RSASSASigner(key);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            fetched.add(exchange.getRequestURI().toString());
            var keys = new JWKSet(List.of(rsa, ec)).toPublicJWKSet().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 500 : 200, keys.length);
            exchange.getResponseBody().write(keys);
        }
    }
}
