package com.ourvidz.server.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.Rejection;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.account.PresentedToken;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tokens for programs of the user's own. The platform keeps none of them, so there is nothing to list: one ends by {@code DELETE
 * /api/session} with that token, all end here.
 */
@RestController
@RequestMapping("/api/tokens")
public class TokenResource {

    private final Bearers bearers;
    private final Accounts accounts;
    private final Tokens tokens;
    private final InstantSource clock;

    public TokenResource(Bearers bearers, Accounts accounts, Tokens tokens, InstantSource clock) {
        this.bearers = bearers;
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A new token, shown this once. */
    record OwnToken(
            boolean success,
            String token,
            @JsonProperty("expires_at") Instant expiresAt) {}

    record AllEnded(boolean success) {}

    /** Makes a token that lasts as long as the one with which it is asked for: a stolen one does not outlive itself. */
    @PostMapping
    OwnToken issue(Principal user) {
        var presented = bearers.presented(user);
        if (!presented.ours()) {
            throw Rejection.of(
                    Rejection.Reason.CONFLICT, "You sign in elsewhere, and that is where you get your tokens.");
        }
        var expiresAt = latest(presented);
        return new OwnToken(true, issue(presented, expiresAt), expiresAt);
    }

    /** Ends all tokens of the user; a browser that asks stays signed in with a new one. */
    @DeleteMapping
    ResponseEntity<AllEnded> endAll(Principal user, HttpServletRequest request) {
        var presented = bearers.presented(user);
        accounts.endTokens(presented.user());
        var answer = ResponseEntity.ok();
        if (presented.ours() && SessionCookie.token(request).isPresent()) {
            var expiresAt = latest(presented);
            var cookie = SessionCookie.of(
                    issue(presented, expiresAt), Duration.between(clock.instant(), expiresAt), request.isSecure());
            answer.header(HttpHeaders.SET_COOKIE, cookie.toString());
        }
        return answer.body(new AllEnded(true));
    }

    private String issue(PresentedToken presented, Instant expiresAt) {
        return tokens.issue(presented.user(), accounts.find(presented.user()).tokensFrom(), expiresAt);
    }

    private Instant latest(PresentedToken presented) {
        var usual = clock.instant().plus(Tokens.LIFETIME);
        return presented.expiresAt().isBefore(usual) ? presented.expiresAt() : usual;
    }
}
