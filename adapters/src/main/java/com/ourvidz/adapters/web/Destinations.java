package com.ourvidz.adapters.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Where the client may go, and the only way in which it looks up names.
 *
 * @param hosts the authorised hosts, in lower case
 * @param names how names are looked up
 * @param reachable which addresses may be dialled
 * @param port a scheme's default port, the only one that is taken
 */
record Destinations(Set<String> hosts, Names names, Predicate<InetAddress> reachable, ToIntFunction<String> port)
        implements DnsResolver {

    private static final int LONGEST_URL = 2_048;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** All addresses of a host. */
    interface Names {
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** A name that leads where the client may not go. */
    static final class NotReachableException extends UnknownHostException {
        NotReachableException(String host) {
            super(host + " has an address that may not be dialled");
        }
    }

    /** The URL when it is http or https, on the scheme's default port of an authorised host, for nobody in particular. */
    Optional<URI> destination(String url) {
        try {
            return Optional.of(url)
                    .filter(it -> it.length() <= LONGEST_URL)
                    .map(Destinations::uri)
                    .filter(this::isAuthorised);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What is dialled is what is answered here: nothing looks the name up again. One address that is not reachable spoils them all. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.lookUp(host);
        if (!Stream.of(addresses).allMatch(reachable)) {
            throw new NotReachableException(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    int port(URI destination) {
        return port.applyAsInt(destination.getScheme());
    }

    private boolean isAuthorised(URI uri) {
        return uri.isAbsolute()
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && SCHEMES.contains(uri.getScheme())
                && (uri.getPort() < 0 || uri.getPort() == port(uri))
                && hosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private static URI uri(String url) {
        try {
            return new URI(url).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
