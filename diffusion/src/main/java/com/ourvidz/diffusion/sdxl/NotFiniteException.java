package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.tensor.Precision;

/** A model's numbers left the range of its precision, or its weights are damaged. There is no picture: it would be black. */
public final class NotFiniteException extends RuntimeException {

    public NotFiniteException(String where, Precision precision) {
        super("The " + where + " came out as NaN or infinite. "
                + (precision == Precision.FLOAT32
                        ? "In float32 that means weights which hold such values, or a config.json of another checkpoint."
                        : "Use the precision float32 in place of " + precision + "."));
    }
}
