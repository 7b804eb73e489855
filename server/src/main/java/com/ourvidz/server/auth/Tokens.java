package com.ourvidz.server.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.UserNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * The platform's tokens: JWTs signed with HS256, whose {@code sub} is the user. Other issuers that hold the secret are welcome: a token
 * may leave {@code iss} and {@code aud} out unless the operator has set them, but may not name others.
 */
public final class Tokens {

    /** How long an issued token lasts. */
    public static final Duration LIFETIME = Duration.ofDays(90);

    private static final String OURS = "ourvidz";
    static final Duration SKEW = Duration.ofSeconds(60);

    private static final List<String> KEY_HEADERS = List.of("jwk", "jku", "x5u", "x5c");
    private static final Pattern KEY_ID = Pattern.compile("(?!.*\\.\\.)[A-Za-z0-9_=:.-]{1,128}");

    private final byte[] secret;
    private final Optional<String> issuer;
    private final Optional<String> audience;
    private final InstantSource clock;

    /**
     * Tokens under one secret.
     *
     * @param secret at least 32 bytes
     * @param issuer required in every token when given
     * @param audience required in every token when given
     */
    public Tokens(String secret, Optional<String> issuer, Optional<String> audience, InstantSource clock) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    /**
     * A token for the user, valid for {@link #LIFETIME}.
     *
     * @throws IllegalArgumentException when the name is not one, see {@link UserNames}
     */
    public String issue(String user) {
        return issue(user, Instant.EPOCH, clock.instant().plus(LIFETIME));
    }

    /** A token for a user whose earlier tokens may have been ended just now, valid for {@link #LIFETIME}. */
    public String issue(Account account) {
        return issue(account.name(), account.tokensFrom(), clock.instant().plus(LIFETIME));
    }

    /**
     * A token for the user.
     *
     * @param from what the user's tokens have to be issued at, or later, to count
     */
    String issue(String user, Instant from, Instant until) {
        if (!UserNames.valid(user)) {
            throw new IllegalArgumentException(UserNames.RULE);
        }
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(user)
                .issuer(issuer.orElse(OURS))
                .audience(audience.orElse(OURS))
                .issueTime(Date.from(now.isBefore(from) ? from : now))
                .expirationTime(Date.from(until))
                .jwtID(UUID.randomUUID().toString())
                .build();
        return signed(claims);
    }

    /** Whether a token that one of the platform's decoders believes is signed with this secret. */
    boolean isOurs(Jwt jwt) {
        var given = Optional.ofNullable(jwt.getClaimAsString("iss"));
        return given.isEmpty() || isOurs(given.get());
    }

    boolean isOurs(String issuerName) {
        return issuerName.equals(issuer.orElse(OURS));
    }

    /** Checks tokens: HS256 with the platform's own key and nothing else, whatever the token's header proposes. */
    public JwtDecoder decoder() {
        var decoder = NimbusJwtDecoder.withSecretKey(new SecretKeySpec(secret, "HmacSHA256"))
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                new JwtTimestampValidator(SKEW),
                require("header", Tokens::hasPlainHeader),
                require("sub", jwt -> UserNames.valid(jwt.getSubject())),
                require("iss", this::ownIssuer),
                require("aud", this::ownAudience)));
        return decoder;
    }

    private String signed(JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
            token.sign(new MACSigner(secret));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("This JDK cannot sign with HS256", e);
        }
    }

    /** A token cannot say which key it is to be checked with, so one that tries is not honest; a plain key id means nothing here. */
    private static boolean hasPlainHeader(Jwt jwt) {
        return namesNoKeyOfItsOwn(jwt)
                && (!(jwt.getHeaders().get("kid") instanceof String kid)
                        || KEY_ID.matcher(kid).matches());
    }

    static boolean namesNoKeyOfItsOwn(Jwt jwt) {
        return KEY_HEADERS.stream().noneMatch(jwt.getHeaders()::containsKey);
    }

    private boolean ownIssuer(Jwt jwt) {
        var given = Optional.ofNullable(jwt.getClaimAsString("iss"));
        return given.isEmpty() ? issuer.isEmpty() : isOurs(given.get());
    }

    private boolean ownAudience(Jwt jwt) {
        var given = Optional.ofNullable(jwt.getAudience());
        return given.isEmpty() ? audience.isEmpty() : given.get().contains(audience.orElse(OURS));
    }

    static OAuth2TokenValidator<Jwt> require(String claim, Predicate<Jwt> accepted) {
        var refusal = OAuth2TokenValidatorResult.failure(
                new OAuth2Error("invalid_token", "The claim " + claim + " is not acceptable.", null));
        return jwt -> accepted.test(jwt) ? OAuth2TokenValidatorResult.success() : refusal;
    }
}
