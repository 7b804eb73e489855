package com.ourvidz.adapters.web;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are ordinary hosts on the internet: those that are global unicast and in none of the blocks of the IANA's registries of
 * special-purpose addresses (RFC 6890 and what followed it). The JDK's own {@code isSiteLocalAddress} and so on miss most of them.
 */
final class PublicAddresses {

    private static final List<Range> SPECIAL_IPV4 = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carriers' NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, and clouds' metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.31.196.0/24", // AS112
            "192.52.193.0/24", // AMT
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "192.175.48.0/24", // AS112
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, and broadcast

    /** All else is loopback, unique or link-local, multicast, or stands for IPv4: ::a.b.c.d, 64:ff9b::/96 and so on. */
    private static final Range GLOBAL_IPV6 = Range.of("2000::/3");

    private static final List<Range> SPECIAL_IPV6 = ranges(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4: stands for IPv4
            "2620:4f:8000::/48", // AS112
            "3fff::/20"); // documentation

    private PublicAddresses() {}

    /** The JDK gives {@code ::ffff:a.b.c.d} as the IPv4 address that it is. */
    static boolean contain(InetAddress address) {
        return switch (address.getAddress().length) {
            case 4 -> SPECIAL_IPV4.stream().noneMatch(range -> range.contains(address));
            default ->
                GLOBAL_IPV6.contains(address) && SPECIAL_IPV6.stream().noneMatch(range -> range.contains(address));
        };
    }

    private static List<Range> ranges(String... blocks) {
        return Stream.of(blocks).map(Range::of).toList();
    }
}
