package com.ourvidz.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.ourvidz.core.Rejection;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class SignInThrottleTest {

    private final SignInThrottle throttle = new SignInThrottle();

    @Test
    void aNameIsTriedTenTimesFromAnAddress() {
        assertThat(admitted("anna", "192.0.2.1", 20)).isEqualTo(10);
        assertThat(admitted("anna", "192.0.2.2", 1)).isEqualTo(1);
        assertThat(admitted("bert", "192.0.2.1", 1)).isEqualTo(1);
        var refused = catchThrowableOfType(Rejection.class, () -> throttle.admit("anna", "192.0.2.1"));
        assertThat(refused.reason()).isEqualTo(Rejection.Reason.TOO_MANY_REQUESTS);
        assertThat(refused.fields().get("retryAfterSeconds"))
                .asInstanceOf(InstanceOfAssertFactories.LONG)
                .isBetween(1L, 60L);
    }

    @Test
    void anAddressThatTriesManyNamesIsStoppedAndDoesNotGetForgotten() {
        var admitted = 0L;
        for (var number = 0; number < 20_000; number++) {
            admitted += admitted("name-" + number, "192.0.2.1", 1);
        }
        assertThat(admitted).isBetween(100L, 110L); // a few come back while it runs
    }

    @Test
    void theAddressesOfAnIpv6NetworkAreOne() {
        assertThat(admitted("anna", "2001:db8:0:1::1", 10)).isEqualTo(10);
        assertThat(admitted("anna", "2001:db8:0:1:ffff::2", 1)).isZero();
        assertThat(admitted("anna", "2001:db8:0:2::1", 1)).isEqualTo(1);
    }

    private long admitted(String name, String address, int times) {
        return IntStream.range(0, times).filter(time -> admitted(name, address)).count();
    }

    private boolean admitted(String name, String address) {
        try {
            throttle.admit(name, address);
            return true;
        } catch (Rejection refused) {
            return false;
        }
    }
}
