package com.ourvidz.diffusion.tensor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.pytorch.global.torch;

/**
 * Where tensors are and are computed with.
 *
 * @param gpu the number of a CUDA device, from 0; empty for the CPU
 */
public record Device(Optional<Integer> gpu) {

    public static final Device CPU = new Device(Optional.empty());

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,2}))?");

    static {
        LibTorch.setUp();
    }

    public static Device cuda(int index) {
        return new Device(Optional.of(index));
    }

    /**
     * The device of a name.
     *
     * @param name {@code cpu}, {@code cuda} for the first GPU, {@code cuda:1} for the second; {@code auto} for the first GPU where there is
     *     one and the CPU elsewhere
     * @throws IllegalArgumentException for any other
     */
    public static Device parse(String name) {
        Matcher cuda = CUDA.matcher(name);
        if (cuda.matches()) {
            return cuda(
                    Optional.ofNullable(cuda.group(1)).map(Integer::parseInt).orElse(0));
        }
        return switch (name) {
            case "cpu" -> CPU;
            case "auto" -> torch.cuda_is_available() ? cuda(0) : CPU;
            default ->
                throw new IllegalArgumentException(
                        "There is no device '" + name + "'; choose auto, cpu, cuda or cuda:N");
        };
    }

    /**
     * Makes sure that the device is there.
     *
     * @throws DeviceException when it is not; the message says what to install or choose
     */
    public void requirePresent() {
        int present = gpu.isPresent() && torch.cuda_is_available() ? torch.cuda_device_count() : 0;
        if (gpu.isPresent() && gpu.get() >= present) {
            throw new DeviceException(
                    "The device " + this + " is asked for and " + (present == 0 ? "no GPU" : present + " GPU(s)")
                            + " can be used here. A GPU needs NVIDIA's driver, CUDA 13 and cuDNN 9, and a build with the Maven profile"
                            + " cuda; without, choose the device cpu.");
        }
    }

    /** For LibTorch; belongs to the innermost open scope. */
    public org.bytedeco.pytorch.Device torch() {
        return new org.bytedeco.pytorch.Device(toString());
    }

    /** As PyTorch writes it. */
    @Override
    public String toString() {
        return gpu.map(index -> "cuda:" + index).orElse("cpu");
    }
}
