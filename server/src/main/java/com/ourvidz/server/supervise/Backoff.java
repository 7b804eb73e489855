package com.ourvidz.server.supervise;

import java.time.Duration;

/** How long to wait before a worker is started again: not at all at first, longer each time it dies young. */
final class Backoff {

    private static final Duration YOUNG = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private int youngDeaths;

    Duration afterDeathAt(Duration age) {
        youngDeaths = age.compareTo(YOUNG) < 0 ? youngDeaths + 1 : 1;
        if (youngDeaths == 1) {
            return Duration.ZERO;
        }
        var doubled = Duration.ofSeconds(1L << Math.min(youngDeaths - 2, 10));
        return doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    }
}
