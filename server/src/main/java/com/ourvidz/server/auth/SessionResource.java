package com.ourvidz.server.auth;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Signing a browser in by the printed link, and out. */
@RestController
public class SessionResource {

    private final JwtDecoder decoder;

    public SessionResource(Tokens tokens) {
        this.decoder = tokens.decoder();
    }

    @GetMapping("/login")
    @ApiResponse(responseCode = "303", description = "Signed in: on to the first page.")
    ResponseEntity<Void> login(@RequestParam String token, HttpServletRequest request) {
        decoder.decode(token);
        return redirect(SessionCookie.of(token, Tokens.LIFETIME, request.isSecure()));
    }

    @PostMapping("/logout")
    @ApiResponse(responseCode = "303", description = "Signed out: back to the first page.")
    ResponseEntity<Void> logout(HttpServletRequest request) {
        return redirect(SessionCookie.of("", Duration.ZERO, request.isSecure()));
    }

    private static ResponseEntity<Void> redirect(ResponseCookie cookie) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .location(URI.create("/"))
                .header(HttpHeaders.SET_COOKIE, cookie.toString())
                .build();
    }
}
