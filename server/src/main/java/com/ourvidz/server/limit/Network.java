package com.ourvidz.server.limit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/** What counts as one caller: an IPv4 address; the /64 network of an IPv6 address, for whoever has one address of it has them all. */
public final class Network {

    private static final int NETWORK_BYTES = 8;

    private Network() {}

    /** The network that an address as a request brings it is in; what is no address stands for itself. */
    public static String of(String address) {
        try {
            var zone = address.indexOf('%'); // of this machine's own networks
            var parsed = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
            return parsed instanceof Inet6Address
                    ? HexFormat.ofDelimiter(":").formatHex(parsed.getAddress(), 0, NETWORK_BYTES) + "/64"
                    : parsed.getHostAddress();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }
}
