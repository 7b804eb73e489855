package com.ourvidz.server;

import com.ourvidz.server.http.BodyLimitFilter;
import com.ourvidz.server.http.ErrorValve;
import com.ourvidz.server.http.ErrorWriter;
import com.ourvidz.server.http.StrictJson;
import com.ourvidz.server.http.UnderscoredSchemas;
import com.ourvidz.server.lease.WorkerMessages;
import com.ourvidz.server.limit.RateLimitFilter;
import com.ourvidz.server.limit.RateLimits;
import com.ourvidz.server.log.JobOfRecordsFilter;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import tools.jackson.databind.json.JsonMapper;

/** What every route shares: JSON, limits and errors. */
@Configuration(proxyBeanMethods = false)
class Http {

    @Bean
    JsonMapper jsonMapper() {
        return StrictJson.mapper(WorkerMessages.RECORDS);
    }

    @Bean
    UnderscoredSchemas underscoredSchemas() {
        return new UnderscoredSchemas(WorkerMessages.RECORDS);
    }

    @Bean
    ErrorWriter errorWriter(JsonMapper json) {
        return new ErrorWriter(json);
    }

    /** Before all others: their records belong to the job too. */
    @Bean
    FilterRegistrationBean<JobOfRecordsFilter> jobOfRecords() {
        var registration = new FilterRegistrationBean<>(new JobOfRecordsFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Behind security: a stranger learns of no limit. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimit(ErrorWriter errors) {
        var filter = new BodyLimitFilter(
                errors,
                request -> (request.getMethod().equals("PUT")
                                && request.getRequestURI().startsWith("/worker/"))
                        || request.getRequestURI().equals("/api/upload-reference"));
        var registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 1);
        return registration;
    }

    @Bean
    RateLimits rateLimits(Settings settings) {
        return new RateLimits(settings.rateLimits());
    }

    @Bean
    FilterRegistrationBean<RateLimitFilter> rateLimit(RateLimits limits, ErrorWriter errors) {
        var registration = new FilterRegistrationBean<>(new RateLimitFilter(limits, errors));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE - 2);
        return registration;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorsOfTheContainer() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ErrorValve.class.getName());
            }
        });
    }
}
