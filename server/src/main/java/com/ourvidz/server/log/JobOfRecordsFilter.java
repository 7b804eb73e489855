package com.ourvidz.server.log;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/** All records of a request about a job carry the job's id. */
public final class JobOfRecordsFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (var _ = JobOfRecords.of(JobOfRecords.ofRoute(request.getRequestURI()))) {
            chain.doFilter(request, response);
        }
    }
}
