package com.ourvidz.server.auth;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.ourvidz.core.account.Account;
import com.ourvidz.core.account.Accounts;
import com.ourvidz.core.account.PresentedToken;
import com.ourvidz.server.http.JsonBody;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Signing in, by the printed link or with a name and a password, and out. */
@RestController
public class SessionResource {

    private final BelievedTokens believed;
    private final Bearers bearers;
    private final Accounts accounts;
    private final Tokens tokens;
    private final SignInThrottle throttle;
    private final JsonMapper json;

    public SessionResource(
            BelievedTokens believed,
            Bearers bearers,
            Accounts accounts,
            Tokens tokens,
            SignInThrottle throttle,
            JsonMapper json) {
        this.believed = believed;
        this.bearers = bearers;
        this.accounts = accounts;
        this.tokens = tokens;
        this.throttle = throttle;
        this.json = json;
    }

    /** The body of a sign-in, for the API's description. */
    @Schema(name = "SignIn")
    record SignIn(String name, String password) {}

    /** The body of a change of password; {@code current_password} is left out by those who have none yet. */
    @Schema(name = "PasswordChange")
    record PasswordChange(
            @JsonProperty("current_password") @Nullable String currentPassword,
            @JsonProperty("new_password") String newPassword) {}

    /** Who is signed in. */
    record Session(
            boolean success,
            String user,
            boolean admin,
            @JsonProperty("has_password") boolean hasPassword,
            long balance) {

        static Session of(Account account) {
            return new Session(true, account.name(), account.admin(), account.hasPassword(), account.balance());
        }
    }

    record SignedOut(boolean success) {}

    /** The link can be used again after signing out, so the browser gets a token of its own, which lasts as long. */
    @GetMapping("/login")
    @ApiResponse(responseCode = "303", description = "Signed in: on to the first page.")
    ResponseEntity<Void> login(@RequestParam String token, HttpServletRequest request) {
        var jwt = believed.decode(token);
        var presented = bearers.presented(jwt);
        var account = bearers.holder(presented);
        var own = presented.ours()
                ? tokens.issue(account.name(), account.tokensFrom(), presented.expiresAt())
                : jwt.getTokenValue();
        return redirect(SessionCookie.of(own, lifetime(presented), request.isSecure()));
    }

    @PostMapping("/logout")
    @ApiResponse(responseCode = "303", description = "Signed out: back to the first page.")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        SessionCookie.token(request).flatMap(this::presented).ifPresent(accounts::signOut);
        return redirect(noCookie(request));
    }

    @PostMapping(path = "/api/session", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = SignIn.class)))
    ResponseEntity<Session> signIn(@RequestBody byte[] body, HttpServletRequest request) {
        var fields = JsonBody.read(json, body);
        var name = fields.text("name");
        var password = fields.text("password");
        throttle.admit(name, request.getRemoteAddr());
        return signedIn(accounts.signIn(name, password), request);
    }

    @GetMapping("/api/session")
    Session session(Principal user) {
        return Session.of(accounts.find(user.getName()));
    }

    /** Ends the token with which this is asked. */
    @DeleteMapping("/api/session")
    ResponseEntity<SignedOut> signOut(Principal user, HttpServletRequest request) {
        accounts.signOut(bearers.presented(user));
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, noCookie(request).toString())
                .body(new SignedOut(true));
    }

    /** Ends all tokens of the user; the browser that asks gets a new one. */
    @PostMapping(path = "/api/session/password", consumes = MediaType.APPLICATION_JSON_VALUE)
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
            content = @Content(schema = @Schema(implementation = PasswordChange.class)))
    ResponseEntity<Session> changePassword(Principal user, @RequestBody byte[] body, HttpServletRequest request) {
        var fields = JsonBody.read(json, body);
        var replacement = fields.text("new_password");
        throttle.admit(user.getName(), request.getRemoteAddr());
        return signedIn(
                accounts.changePassword(bearers.presented(user), fields.optionalText("current_password"), replacement),
                request);
    }

    private ResponseEntity<Session> signedIn(Account account, HttpServletRequest request) {
        var cookie = SessionCookie.of(tokens.issue(account), Tokens.LIFETIME, request.isSecure());
        return ResponseEntity.ok()
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .body(Session.of(account));
    }

    /** A stale cookie has nothing to end. */
    private Optional<PresentedToken> presented(String token) {
        try {
            return Optional.of(bearers.presented(believed.decode(token)));
        } catch (JwtException e) {
            return Optional.empty();
        }
    }

    private static Duration lifetime(PresentedToken token) {
        var left = Duration.between(Instant.now(), token.expiresAt());
        return left.compareTo(Tokens.LIFETIME) < 0 ? left : Tokens.LIFETIME;
    }

    private static ResponseCookie noCookie(HttpServletRequest request) {
        return SessionCookie.of("", Duration.ZERO, request.isSecure());
    }

    private static ResponseEntity<Void> redirect(ResponseCookie cookie) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/"))
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }
}
