package com.ourvidz.diffusion.sdxl;

import com.ourvidz.diffusion.image.RgbImage;
import com.ourvidz.diffusion.tensor.Precision;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between an autoencoder's pictures and bytes. */
final class Rgb {

    private static final float LARGEST = 255;

    private Rgb() {}

    /** A picture as an autoencoder sees it: (1, 3, height, width) in -1 … 1, float32. */
    static Tensor image(RgbImage image) {
        float[] levels = new float[image.rgb().length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = (image.rgb()[i] & 0xff) / LARGEST;
        }
        return Tensor.create(levels, 1, image.height(), image.width(), 3)
                .permute(0, 3, 1, 2)
                .mul(new Scalar(2.0))
                .sub(new Scalar(1.0))
                .contiguous();
    }

    /** (batch, 3, height, width) in -1 … 1 to (batch, height, width, 3) in 0 … 1, float32. */
    static Tensor unit(Tensor image) {
        return image.to(ScalarType.Float)
                .div(new Scalar(2.0))
                .add(new Scalar(0.5))
                .clamp(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)))
                .permute(0, 2, 3, 1);
    }

    /** One picture's bytes, from (1, height, width, 3) in 0 … 1. */
    static byte[] bytes(Tensor unit) {
        Tensor bytes =
                unit.mul(new Scalar(LARGEST)).round_().to(ScalarType.Byte).cpu().contiguous();
        byte[] values = new byte[Math.toIntExact(bytes.numel())];
        bytes.data_ptr_byte().get(values);
        return values;
    }

    /**
     * Lets numbers through, and nothing else.
     *
     * @throws NotFiniteException when one is NaN or infinite
     */
    static Tensor finite(Tensor x, String what, Precision precision) {
        if (!x.isfinite().all().item_bool()) {
            throw new NotFiniteException(what, precision);
        }
        return x;
    }
}
