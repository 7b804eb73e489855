package com.ourvidz.diffusion.sdxl;

import static org.assertj.core.api.Assertions.assertThat;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** Pictures beside those that diffusers drew. */
final class GoldenPicture {

    private GoldenPicture() {}

    /** The golden picture is in 0 … 1 before it is rounded to a byte, so a byte is within half a level of it. */
    static void assertClose(Pictures.Picture picture, Weights golden, String name, int row) {
        Tensor expected = Golden.get(golden, name).narrow(0, row, 1).contiguous();
        float[] levels = new float[Math.toIntExact(expected.numel())];
        expected.data_ptr_float().get(levels);
        assertThat(picture.rgb()).hasSize(levels.length);
        double largest = IntStream.range(0, levels.length)
                .mapToDouble(i -> Math.abs((picture.rgb()[i] & 0xff) - 255.0 * levels[i]))
                .max()
                .orElseThrow();
        assertThat(largest).as(name + "[" + row + "], in levels").isLessThan(0.5 + 255 * Golden.TOLERANCE);
    }
}
