package com.ourvidz.adapters.web;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;

/** An HTTP client for hosts that others name: it dials vetted addresses only, follows and keeps nothing, and has no patience. */
final class GuardedClient implements AutoCloseable {

    private static final Timeout SILENCE = Timeout.ofSeconds(10);
    private static final int MOST_CONNECTIONS = 100;

    private final CloseableHttpClient http;
    private final Duration limit;
    private final ExecutorService exchanges = Executors.newVirtualThreadPerTaskExecutor();

    /** @param limit for a whole exchange, from the name's lookup to the last byte */
    GuardedClient(VettedNames names, Duration limit) {
        this.limit = limit;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(names)
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(SILENCE)
                                .setSocketTimeout(SILENCE)
                                .build())
                        .build())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setUserAgent("OurVidz")
                .disableRedirectHandling()
                .disableContentCompression()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    CloseableHttpClient http() {
        return http;
    }

    /**
     * Does an exchange within the limit, whatever it waits for.
     *
     * @param stop makes the exchange end, from another thread; called in any case
     * @throws IOException what the exchange throws, or {@link InterruptedIOException} when the time is over
     */
    <T> T within(Callable<T> exchange, Runnable stop) throws IOException {
        var result = exchanges.submit(exchange);
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw (IOException) new InterruptedIOException("not done in time").initCause(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            stop.run();
            result.cancel(true);
        }
    }

    @Override
    public void close() throws IOException {
        exchanges.shutdownNow();
        http.close();
    }
}
