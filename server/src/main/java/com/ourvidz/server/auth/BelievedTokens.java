package com.ourvidz.server.auth;

import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/**
 * All tokens that the platform believes: its own, and those of one external issuer where there is one. What a token says of its issuer
 * decides by whose keys it is checked, and by no others. Throws {@link BadJwtException} for a token that is not believed, and another
 * {@link JwtException} when that cannot be known at the moment.
 */
public final class BelievedTokens implements JwtDecoder {

    private final Tokens tokens;
    private final JwtDecoder own;
    private final Optional<JwtDecoder> external;

    public BelievedTokens(Tokens tokens, Optional<ExternalIssuer> external) {
        this.tokens = tokens;
        this.own = tokens.decoder();
        this.external = external.map(ExternalIssuer::decoder);
    }

    @Override
    public Jwt decode(String token) {
        if (external.isEmpty() || issuer(token).filter(tokens::isOurs).isPresent()) {
            return own.decode(token);
        }
        try {
            return external.get().decode(token);
        } catch (BadJwtException e) {
            throw e;
        } catch (JwtException e) {
            throw namesUnknownKey(e) ? new BadJwtException("The token's key is unknown.", e) : e;
        }
    }

    /** Unknown keys are looked for only so often; in between they are unknown. */
    private static boolean namesUnknownKey(JwtException e) {
        return Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .anyMatch(RateLimitReachedException.class::isInstance);
    }

    /** What the token says; nothing is checked yet. */
    private static Optional<String> issuer(String token) {
        try {
            return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet().getIssuer());
        } catch (ParseException e) {
            throw new BadJwtException("This is no token.", e);
        }
    }
}
