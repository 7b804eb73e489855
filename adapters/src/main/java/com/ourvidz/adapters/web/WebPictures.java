package com.ourvidz.adapters.web;

import com.ourvidz.core.reference.References;
import com.ourvidz.core.reference.RemotePictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * Pictures over HTTP. Every host, the targets of redirects included, has to be authorised and to have public addresses only, and the
 * addresses that were vetted are those that are dialled. Nothing of an answer counts but its bytes.
 */
public final class WebPictures implements RemotePictures, AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Destinations destinations;
    private final GuardedClient client;

    /** @param hosts the authorised hosts, in lower case */
    public WebPictures(Set<String> hosts) {
        this(
                new Destinations(
                        hosts,
                        new VettedNames(InetAddress::getAllByName, (host, address) -> PublicAddresses.contain(address)),
                        scheme -> scheme.equals("https") ? 443 : 80),
                LIMIT);
    }

    /** @param limit for a whole download, from the name's lookup to the last byte */
    WebPictures(Destinations destinations, Duration limit) {
        this.destinations = destinations;
        this.client = new GuardedClient(destinations.names(), limit);
    }

    @Override
    public boolean allowed(String url) {
        return destinations
                .destination(url)
                .map(URI::getHost)
                .filter(destinations.names()::mayBeReachable)
                .isPresent();
    }

    @Override
    public byte[] fetch(String url) throws IOException {
        var download = new Download(client.http(), destinations, References.MAX_BYTES);
        try {
            return client.within(() -> download.follow(url), download::stop);
        } catch (RefusedException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("not to be had", e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
