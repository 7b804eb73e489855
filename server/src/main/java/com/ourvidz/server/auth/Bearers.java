package com.ourvidz.server.auth;

import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.account.PresentedToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** From a believed token to the user it speaks for. Who may administer is what the account says, whatever the token claims. */
public final class Bearers implements Converter<Jwt, AbstractAuthenticationToken> {

    static final String ADMIN = "ADMIN";
    static final String USER = "USER";

    /** Written with four digits of a year; no token lasts longer. */
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private final Accounts accounts;
    private final Tokens tokens;

    public Bearers(Accounts accounts, Tokens tokens) {
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /**
     * Signs the token's user in for one request.
     *
     * @throws InvalidBearerTokenException when the token has ended
     */
    @Override
    public AbstractAuthenticationToken convert(Jwt jwt) {
        var account = holder(presented(jwt));
        return new JwtAuthenticationToken(
                jwt,
                account.admin()
                        ? AuthorityUtils.createAuthorityList(USER, ADMIN)
                        : AuthorityUtils.createAuthorityList(USER));
    }

    /** @throws InvalidBearerTokenException when the token has ended */
    Account holder(PresentedToken token) {
        return accounts.holder(token).orElseThrow(() -> new InvalidBearerTokenException("The token has ended."));
    }

    /** The token of a request that the rules have let in. */
    PresentedToken presented(Principal user) {
        if (user instanceof JwtAuthenticationToken signedIn) {
            return presented(signedIn.getToken());
        }
        throw new InvalidBearerTokenException("There is no token.");
    }

    PresentedToken presented(Jwt jwt) {
        return new PresentedToken(
                Objects.requireNonNull(jwt.getSubject()), // the decoders have seen to it
                digest(jwt.getTokenValue().strip()),
                Optional.ofNullable(jwt.getIssuedAt()).orElse(Instant.EPOCH),
                Optional.ofNullable(jwt.getExpiresAt())
                        .filter(END_OF_TIME::isAfter)
                        .orElse(END_OF_TIME),
                tokens.isOurs(jwt));
    }

    /** Of what is signed, and not of the signature: of that one token can have several forms that all hold. */
    private static String digest(String token) {
        try {
            var signed = token.substring(0, token.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(signed));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This JDK has no SHA-256", e);
        }
    }
}
