package com.ourvidz.server.auth;

import com.ourvidz.server.http.ErrorWriter;
import com.ourvidz.server.limit.RateLimits;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * Which route asks for what: workers and the metrics for the worker key, a few pages for nothing, administration for an administrator's
 * token, all else for a user's.
 */
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
        "/library/**",
        "/account/**",
        "/admin/**",
        "/assets/studio/*",
        "/login",
        "/logout",
        "/files/*",
        "/files/*/thumbnail",
        "/references/*",
        "/references/*/thumbnail",
        "/openapi.json",
        "/actuator/health/**",
        "/error"
    };

    private static final Logger LOG = LoggerFactory.getLogger(AccessRules.class);

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
        return common(http.securityMatchers(
                        open -> open.requestMatchers(OPEN_ROUTES).requestMatchers(HttpMethod.POST, "/api/session")))
                .addFilterBefore(new SameOriginFilter(errors), AuthorizationFilter.class)
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(3)
    SecurityFilterChain users(HttpSecurity http, BelievedTokens believed, Bearers bearers) {
        return common(http)
                .addFilterBefore(new SameOriginFilter(errors), BearerTokenAuthenticationFilter.class)
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new TokenResolver())
                        .withObjectPostProcessor(failures())
                        .jwt(jwt -> jwt.decoder(believed).jwtAuthenticationConverter(bearers)))
                .authorizeHttpRequests(rules -> rules.requestMatchers("/api/admin/**")
                        .hasAuthority(Bearers.ADMIN)
                        .anyRequest()
                        .hasAuthority(Bearers.USER))
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

    private ObjectPostProcessor<BearerTokenAuthenticationFilter> failures() {
        return new ObjectPostProcessor<>() {
            @Override
            public <F extends BearerTokenAuthenticationFilter> F postProcess(F filter) {
                filter.setAuthenticationFailureHandler((request, response, e) -> failed(request, response, e));
                return filter;
            }
        };
    }

    /** A token that cannot be checked, as its issuer's keys cannot be had, may well be good. */
    private void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (e instanceof AuthenticationServiceException) {
            LOG.warn("A token cannot be checked: {}", e.getMessage());
            response.setHeader(HttpHeaders.RETRY_AFTER, "10");
            errors.write(
                    response, HttpStatus.SERVICE_UNAVAILABLE, "Your token cannot be checked at the moment. Try again.");
        } else {
            unauthorized(request, response);
        }
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
