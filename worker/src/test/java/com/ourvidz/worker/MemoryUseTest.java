package com.ourvidz.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryUseTest {

    @Test
    void aProcessHasMemory() {
        assertThat(MemoryUse.ofThisProcess().get("resident_bytes")).isGreaterThan(1L << 20);
    }

    @Test
    void whatTheDriverSaysOfThisProcessOnAllGpusIsAddedUp() {
        assertThat(MemoryUse.onGpus(7, "printf", "7, 100\\n8, 5\\n7, 20\\n9, [N/A]\\n"))
                .hasValue(120L << 20);
    }

    @Test
    void withoutADriverOrThisProcessNothingIsSaid() {
        assertThat(MemoryUse.onGpus(7, "no-such-program")).isEmpty();
        assertThat(MemoryUse.onGpus(7, "printf", "8, 5\\n")).isEmpty();
    }
}
