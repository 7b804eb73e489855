package com.ourvidz.server.auth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.ourvidz.core.account.UserNames;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Somebody else who signs users in, and publishes the keys to check that with as a JWK set.
 *
 * @param keys where; nothing else is ever fetched, whatever a token's header says
 * @param name the {@code iss} of the tokens
 * @param audience has to be in their {@code aud}
 * @param reserved a user for whom no external token speaks
 */
public record ExternalIssuer(URI keys, String name, String audience, String reserved) {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 3_000;
    private static final int LARGEST_KEY_SET = 262_144;

    /** Keys are fetched again after this time, and when a token names a key that is not among them. */
    private static final Duration CACHED = Duration.ofMinutes(5);

    private static final Duration WAIT_FOR_ANOTHERS_FETCH = Duration.ofSeconds(10);

    /** Twice in this time the keys are fetched, at most, however many unknown keys are named. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);

    /** For how long the keys count when they cannot be fetched. */
    private static final Duration OUTAGE = Duration.ofHours(4);

    private static final Set<JOSEObjectType> TYPES = Set.of(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"));

    JwtDecoder decoder() {
        var decoder = NimbusJwtDecoder.withJwkSource(keySource())
                .jwsAlgorithms(algorithms -> {
                    algorithms.clear();
                    algorithms.add(SignatureAlgorithm.RS256);
                    algorithms.add(SignatureAlgorithm.ES256);
                })
                .jwtProcessorCustomizer(processor -> processor.setJWSTypeVerifier((type, context) -> requireType(type)))
                .build();
        var times = new JwtTimestampValidator(Tokens.SKEW);
        times.setAllowEmptyExpiryClaim(false);
        decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                times,
                Tokens.require("header", Tokens::namesNoKeyOfItsOwn),
                Tokens.require("sub", this::ordinaryUser),
                Tokens.require("iss", jwt -> name.equals(jwt.getClaimAsString("iss"))),
                Tokens.require("aud", this::forUs)));
        return decoder;
    }

    private JWKSource<SecurityContext> keySource() {
        try {
            var retriever = new DefaultResourceRetriever(CONNECT_MILLIS, READ_MILLIS, LARGEST_KEY_SET);
            return JWKSourceBuilder.create(keys.toURL(), retriever)
                    .cache(CACHED.toMillis(), WAIT_FOR_ANOTHERS_FETCH.toMillis())
                    .refreshAheadCache(false) // which would start threads of its own
                    .rateLimited(BETWEEN_FETCHES.toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Many leave the type out; what is there has to be one of a token for using an API. */
    private static void requireType(@Nullable JOSEObjectType type) throws BadJOSEException {
        if (type != null && !TYPES.contains(type)) {
            throw new BadJOSEException("Tokens of this type are for something else.");
        }
    }

    private boolean ordinaryUser(Jwt jwt) {
        return UserNames.valid(jwt.getSubject()) && !reserved.equals(jwt.getSubject());
    }

    private boolean forUs(Jwt jwt) {
        return Optional.ofNullable(jwt.getAudience())
                .map(all -> all.contains(audience))
                .orElse(false);
    }
}
