package com.ourvidz.adapters.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Where pictures may be fetched from.
 *
 * @param hosts the authorised hosts, in lower case
 * @param names how they are looked up
 * @param port a scheme's default port, the only one that is taken
 */
record Destinations(Set<String> hosts, VettedNames names, ToIntFunction<String> port) {

    static final int LONGEST_URL = 2_048;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /** The URL when it is http or https, on the scheme's default port of an authorised host, for nobody in particular. */
    Optional<URI> destination(String url) {
        return uri(url).filter(this::isAuthorised);
    }

    int port(URI destination) {
        return port.applyAsInt(destination.getScheme());
    }

    private boolean isAuthorised(URI uri) {
        return SCHEMES.contains(uri.getScheme())
                && (uri.getPort() < 0 || uri.getPort() == port(uri))
                && hosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    /** A URL that names a scheme and a host, and no user. */
    static Optional<URI> uri(String url) {
        try {
            return Optional.of(url)
                    .filter(it -> it.length() <= LONGEST_URL)
                    .map(Destinations::parsed)
                    .filter(uri -> uri.isAbsolute() && uri.getHost() != null && uri.getRawUserInfo() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static URI parsed(String url) {
        try {
            return new URI(url).parseServerAuthority();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
