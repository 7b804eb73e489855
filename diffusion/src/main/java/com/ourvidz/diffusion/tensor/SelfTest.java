package com.ourvidz.diffusion.tensor;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Whether LibTorch works on this machine. */
public final class SelfTest {

    private static final long SIDE = 64;

    private SelfTest() {}

    /**
     * Loads the library and multiplies two matrices of ones.
     *
     * @throws DeviceException when the device is not there
     * @throws UnsatisfiedLinkError when the library cannot be loaded
     * @throws IllegalStateException for a wrong product
     */
    public static void multiply(Device device) {
        device.requirePresent();
        try (PointerScope _ = new PointerScope()) {
            Tensor ones = torch.ones(SIDE, SIDE).to(device.torch(), ScalarType.Float);
            double sum = torch.mm(ones, ones).sum().item_double();
            if (sum != SIDE * SIDE * SIDE) {
                throw new IllegalStateException("a product of ones is " + sum);
            }
        }
    }
}
