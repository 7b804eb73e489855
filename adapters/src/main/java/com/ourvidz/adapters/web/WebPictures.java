package com.ourvidz.adapters.web;

import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
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

/**
 * Pictures over HTTP. Every host, the targets of redirects included, has to be authorised and to have public addresses only, and the
 * addresses that were vetted are those that are dialled. Nothing of an answer counts but its bytes.
 */
public final class WebPictures implements RemotePictures, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Timeout SILENCE = Timeout.ofSeconds(10);

    private final Destinations destinations;
    private final Duration limit;
    private final CloseableHttpClient http;
    private final ExecutorService downloads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param hosts the authorised hosts, in lower case */
    public WebPictures(Set<String> hosts) {
        this(
                new Destinations(
                        hosts,
                        InetAddress::getAllByName,
                        PublicAddresses::contain,
                        scheme -> scheme.equals("https") ? 443 : 80),
                LIMIT);
    }

    /** @param limit for a whole download, from the name's lookup to the last byte */
    WebPictures(Destinations destinations, Duration limit) {
        this.destinations = destinations;
        this.limit = limit;
        this.http = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(destinations)
                        .setMaxConnTotal(100)
                        .setMaxConnPerRoute(100)
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

    @Override
    public boolean allowed(String url) {
        return destinations
                .destination(url)
                .map(URI::getHost)
                .filter(this::mayBeReachable)
                .isPresent();
    }

    @Override
    public byte[] fetch(String url) throws IOException {
        var download = new Download(http, destinations, References.MAX_BYTES);
        var bytes = downloads.submit(() -> download.follow(url));
        try {
            return bytes.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RefusedException refused
                    ? refused
                    : new IOException("not to be had", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("not to be had in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } finally {
            download.stop();
            bytes.cancel(true);
        }
    }

    @Override
    public void close() throws IOException {
        downloads.shutdownNow();
        http.close();
    }

    /** A name that cannot be looked up now may be found later. */
    private boolean mayBeReachable(String host) {
        try {
            return destinations.resolve(host).length > 0;
        } catch (UnknownHostException e) {
            return !(e instanceof Destinations.NotReachableException);
        }
    }
}
