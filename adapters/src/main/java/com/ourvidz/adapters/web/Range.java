package com.ourvidz.adapters.web;

import java.net.InetAddress;
import java.util.BitSet;

/**
 * A block of addresses, IPv4 or IPv6.
 *
 * @param length how many leading bits count
 */
record Range(InetAddress start, int length) {

    /** In the usual notation: {@code 10.0.0.0/8}, {@code fc00::/7}. */
    static Range of(String block) {
        var slash = block.indexOf('/');
        return new Range(
                InetAddress.ofLiteral(block.substring(0, slash)), Integer.parseInt(block.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        if (address.getAddress().length != start.getAddress().length) {
            return false;
        }
        var different = bits(address);
        different.xor(bits(start));
        var first = different.nextSetBit(0);
        return first < 0 || first >= length;
    }

    /** From the most significant bit on. */
    private static BitSet bits(InetAddress address) {
        var bytes = address.getAddress();
        var bits = new BitSet();
        for (var bit = 0; bit < 8 * bytes.length; bit++) {
            bits.set(bit, (bytes[bit / 8] >> (7 - bit % 8) & 1) == 1);
        }
        return bits;
    }
}
