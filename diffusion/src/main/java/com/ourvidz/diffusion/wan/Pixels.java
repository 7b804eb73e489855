package com.ourvidz.diffusion.wan;

import com.ourvidz.diffusion.image.RgbImage;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between an autoencoder's frames and bytes. */
final class Pixels {

    private static final float LARGEST = 255;

    private Pixels() {}

    /** A level of 0 to 255 as the autoencoder sees it. */
    static float ofLevel(int level) {
        return level / LARGEST * 2 - 1;
    }

    /** A frame as the autoencoder sees it: (1, 3, height, width) in -1 … 1, float32. */
    static Tensor frame(RgbImage image) {
        float[] values = new float[image.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = ofLevel(image.rgb()[i] & 0xff);
        }
        return Tensor.create(values, 1, image.height(), image.width(), 3)
                .permute(0, 3, 1, 2)
                .contiguous();
    }

    /** One frame of (frames, 3, height, width) in -1 … 1. */
    static RgbImage image(Tensor frames, int index) {
        Tensor unit = frames.select(0, index)
                .div(new Scalar(2.0))
                .add_(new Scalar(0.5))
                .clamp_(new ScalarOptional(new Scalar(0.0)), new ScalarOptional(new Scalar(1.0)));
        Tensor bytes = unit.mul_(new Scalar(LARGEST))
                .round_()
                .permute(1, 2, 0) // (height, width, 3)
                .to(ScalarType.Byte)
                .cpu()
                .contiguous();
        byte[] rgb = new byte[Math.toIntExact(bytes.numel())];
        bytes.data_ptr_byte().get(rgb);
        return new RgbImage((int) frames.size(3), (int) frames.size(2), rgb);
    }
}
