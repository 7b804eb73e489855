package com.ourvidz.server;

import com.ourvidz.server.asset.AssetResource;
import com.ourvidz.server.asset.FileResource;
import com.ourvidz.server.auth.AccessRules;
import com.ourvidz.server.auth.SessionResource;
import com.ourvidz.server.http.ApiDescription;
import com.ourvidz.server.http.ErrorAdvice;
import com.ourvidz.server.http.ErrorResource;
import com.ourvidz.server.job.JobResource;
import com.ourvidz.server.monitor.QueueMetrics;
import com.ourvidz.server.monitor.QueueStatusResource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** All that runs in the server, by name: nothing is found by scanning. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    EmbeddedBackend.class,
    Domain.class,
    Http.class,
    AccessRules.class,
    SessionResource.class,
    JobResource.class,
    AssetResource.class,
    FileResource.class,
    QueueStatusResource.class,
    QueueMetrics.class,
    ErrorAdvice.class,
    ErrorResource.class,
    ApiDescription.class
})
class Application {}
