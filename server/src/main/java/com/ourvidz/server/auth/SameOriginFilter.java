package com.ourvidz.server.auth;

import com.ourvidz.server.http.ErrorWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A browser sends the session cookie on its own account, so a request that changes something and is authenticated by the cookie must
 * come from our own pages. Browsers say where a request comes from in headers that no script can set.
 */
final class SameOriginFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final ErrorWriter errors;

    SameOriginFilter(ErrorWriter errors) {
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (byCookie(request) && !READING.contains(request.getMethod()) && !sameOrigin(request)) {
            errors.write(response, HttpStatus.FORBIDDEN, "This request did not come from the platform's own pages.");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean byCookie(HttpServletRequest request) {
        return TokenResolver.bearer(request).isEmpty()
                && SessionCookie.token(request).isPresent();
    }

    private static boolean sameOrigin(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader("Sec-Fetch-Site"))
                .map("same-origin"::equals)
                .orElseGet(() -> originIsHost(request));
    }

    private static boolean originIsHost(HttpServletRequest request) {
        var host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST));
        return Optional.ofNullable(request.getHeader(HttpHeaders.ORIGIN))
                .map(SameOriginFilter::authority)
                .equals(host);
    }

    private static String authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getRawAuthority()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
