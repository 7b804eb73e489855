package com.ourvidz.diffusion.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {

    @ParameterizedTest
    @CsvSource({"cpu, cpu", "cuda, cuda:0", "cuda:1, cuda:1"})
    void namesAreThoseOfPyTorch(String name, String written) {
        assertThat(Device.parse(name)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gpu", "cuda:", "cuda:-1", "CPU", "meta", "cuda:1234567890123"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> Device.parse(name)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The last of a hundred, which nobody has. */
    @Test
    void aGpuThatIsNotThereIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Device.cuda(99).requirePresent())
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("cuda:99")
                .hasMessageContaining("choose the device cpu");
        Device.CPU.requirePresent();
    }
}
