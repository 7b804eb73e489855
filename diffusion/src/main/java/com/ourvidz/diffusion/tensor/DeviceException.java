package com.ourvidz.diffusion.tensor;

/** A device that is not there was asked for. */
public final class DeviceException extends RuntimeException {

    DeviceException(String message) {
        super(message);
    }
}
