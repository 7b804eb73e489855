package com.ourvidz.server.auth;

import com.ourvidz.server.http.ErrorWriter;
import com.ourvidz.server.limit.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Which route asks for what: workers and the metrics for the worker key, a few pages for nothing, all else for a user's token. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AccessRules {

    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'";

    private static final String[] WORKER_ROUTES = {"/worker/**", "/api/job-callback", "/actuator/prometheus"};

    /** The files' links carry their own proof. */
    private static final String[] OPEN_ROUTES = {
        "/",
        "/index.html",
        "/home.css",
        "/home.js",
        "/login",
        "/logout",
        "/files/*",
        "/references/*",
        "/references/*/thumbnail",
        "/openapi.json",
        "/actuator/health/**",
        "/error"
    };

    private final ErrorWriter errors;
    private final RateLimits limits;

    AccessRules(ErrorWriter errors, RateLimits limits) {
        this.errors = errors;
        this.limits = limits;
    }

    /** What the rules need to know. */
    public record Keys(String worker) {}

    @Bean
    @Order(1)
    SecurityFilterChain workers(HttpSecurity http, Keys keys) {
        return common(http.securityMatcher(WORKER_ROUTES))
                .addFilterBefore(new WorkerKeyFilter(keys.worker()), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.anyRequest().hasAuthority("WORKER"))
                .build();
    }

    /** Looks at no token, so that a stale cookie does not lock anyone out of the page that renews it. */
    @Bean
    @Order(2)
    SecurityFilterChain everybody(HttpSecurity http) {
        return common(http.securityMatcher(OPEN_ROUTES))
                .addFilterBefore(new SameOriginFilter(errors), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain users(HttpSecurity http, Tokens tokens) {
        return common(http)
                .addFilterBefore(new SameOriginFilter(errors), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new TokenResolver())
                        .authenticationEntryPoint((request, response, e) -> unauthorized(request, response))
                        .jwt(jwt -> jwt.decoder(tokens.decoder())))
                .authorizeHttpRequests(rules -> rules.anyRequest().authenticated())
                .build();
    }

    /** Requests that the firewall refuses to look at, for instance with {@code ..} or {@code %2f} in the path, or an unknown method. */
    @Bean
    RequestRejectedHandler rejectedRequests() {
        return (request, response, e) ->
                errors.write(response, HttpStatus.BAD_REQUEST, "The request is not acceptable.");
    }

    /** Metrics are kept of routes, not of each filter on the way there. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    private HttpSecurity common(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable) // no sessions; the cookie has the same-origin filter
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint((request, response, e) -> unauthorized(request, response))
                        .accessDeniedHandler((request, response, e) -> forbidden(response)))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER)));
    }

    private void unauthorized(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var tooMany = limits.ofAddress(request.getRemoteAddr(), true);
        if (tooMany.isPresent()) {
            errors.write(response, tooMany.get());
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        errors.write(response, HttpStatus.UNAUTHORIZED, "Sign in first: this needs a valid token.");
    }

    private void forbidden(HttpServletResponse response) throws IOException {
        errors.write(response, HttpStatus.FORBIDDEN, "You may not do this.");
    }
}
