package com.ourvidz.adapters.web;

import com.ourvidz.core.reference.RemotePictures.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NameValuePair;
import org.jspecify.annotations.Nullable;

/** One download, which another thread may stop. */
final class Download {

    private static final int MOST_REDIRECTS = 3;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final CloseableHttpClient http;
    private final Destinations destinations;
    private final int limit;
    private final AtomicReference<@Nullable HttpGet> current = new AtomicReference<>();
    private volatile boolean stopped;

    /** @param limit the most bytes */
    Download(CloseableHttpClient http, Destinations destinations, int limit) {
        this.http = http;
        this.destinations = destinations;
        this.limit = limit;
    }

    /** The file at the URL, or at where that redirects to. */
    byte[] follow(String url) throws IOException {
        var next = destination(url);
        for (var redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            try (var answer = get(next)) {
                if (answer.getCode() == HttpStatus.SC_OK) {
                    return body(answer);
                }
                next = destination(next.resolve(location(answer)).toString());
            } catch (VettedNames.NotReachableException | IllegalArgumentException e) {
                throw refused(e.toString());
            }
        }
        throw new IOException("too many redirects");
    }

    /** Closes the connection, whatever it is waiting for. */
    void stop() {
        stopped = true;
        Optional.ofNullable(current.get()).ifPresent(HttpGet::cancel);
    }

    private URI destination(String url) throws RefusedException {
        return destinations.destination(url).orElseThrow(() -> refused(url + " is no authorised URL"));
    }

    private ClassicHttpResponse get(URI uri) throws IOException {
        var request = new HttpGet(uri);
        current.set(request);
        if (stopped) {
            throw new IOException("stopped");
        }
        return http.executeOpen(new HttpHost(uri.getScheme(), uri.getHost(), destinations.port(uri)), request, null);
    }

    private static String location(ClassicHttpResponse answer) throws IOException {
        return Optional.of(answer)
                .filter(it -> REDIRECTS.contains(it.getCode()))
                .map(it -> it.getFirstHeader(HttpHeaders.LOCATION))
                .map(NameValuePair::getValue)
                .orElseThrow(() -> new IOException("answered " + answer.getCode()));
    }

    private byte[] body(ClassicHttpResponse answer) throws IOException {
        var entity = answer.getEntity();
        if (entity == null || entity.getContentLength() > limit) {
            throw new IOException("no file, or too large a one");
        }
        var bytes = entity.getContent().readNBytes(limit + 1);
        if (bytes.length > limit) {
            stop(); // closing the answer would read it to its end
            throw new IOException("too large");
        }
        return bytes;
    }

    private static RefusedException refused(String why) {
        return new RefusedException(why);
    }
}
