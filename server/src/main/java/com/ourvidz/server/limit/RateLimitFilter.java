package com.ourvidz.server.limit;

import com.ourvidz.core.Rejection;
import com.ourvidz.server.http.ErrorWriter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what is more than a user may ask in a minute, and on open routes an address. It stands behind security, which knows who asks.
 * Workers, and whoever looks after the platform's health, are not counted.
 */
public final class RateLimitFilter extends OncePerRequestFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final RateLimits limits;
    private final ErrorWriter errors;

    public RateLimitFilter(RateLimits limits, ErrorWriter errors) {
        this.limits = limits;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith("/worker/") || path.equals("/api/job-callback") || path.startsWith("/actuator/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var refused = count(request);
        if (refused.isPresent()) {
            errors.write(response, refused.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Rejection> count(HttpServletRequest request) {
        var writes = !READING.contains(request.getMethod());
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(who -> !(who instanceof AnonymousAuthenticationToken))
                .map(Authentication::getName)
                .map(name -> limits.ofUser(name, writes))
                .orElseGet(() -> limits.ofAddress(request.getRemoteAddr(), writes));
    }
}
