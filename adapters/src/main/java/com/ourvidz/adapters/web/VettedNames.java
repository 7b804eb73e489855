package com.ourvidz.adapters.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The only way in which our clients look up names.
 *
 * @param names how names are looked up
 * @param reachable which addresses may be dialled, for which host
 */
record VettedNames(Names names, BiPredicate<String, InetAddress> reachable) implements DnsResolver {

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

    /** What is dialled is what is answered here: nothing looks the name up again. One address that is not reachable spoils them all. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var addresses = names.lookUp(host);
        if (!Stream.of(addresses).allMatch(address -> reachable.test(host, address))) {
            throw new NotReachableException(host);
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }

    /** A name that cannot be looked up now may be found later. */
    boolean mayBeReachable(String host) {
        try {
            return resolve(host).length > 0;
        } catch (UnknownHostException e) {
            return !(e instanceof NotReachableException);
        }
    }
}
