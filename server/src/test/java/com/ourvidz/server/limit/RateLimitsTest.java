package com.ourvidz.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateLimitsTest {

    private final RateLimits limits = new RateLimits(new RateLimits.Settings(1, 0));

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff",
        "0:0:0:0:0:0:0:1, ::1",
        "fe80::1%no-such-card, fe80::2",
        "192.0.2.1, ::ffff:192.0.2.1",
        "somewhere, somewhere"
    })
    void theseCountAsOne(String one, String other) {
        assertThat(limits.ofAddress(one, true)).isEmpty();
        assertThat(limits.ofAddress(other, true)).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"2001:db8:0:1::1, 2001:db8:0:2::1", "192.0.2.1, 192.0.2.2", "::1, 0.0.0.1"})
    void theseCountApart(String one, String other) {
        assertThat(limits.ofAddress(one, true)).isEmpty();
        assertThat(limits.ofAddress(other, true)).isEmpty();
    }

    @Test
    void aUserOfThatNameIsNoAddress() {
        assertThat(limits.ofAddress("192.0.2.1", true)).isEmpty();
        assertThat(limits.ofUser("192.0.2.1", true)).isEmpty();
    }
}
