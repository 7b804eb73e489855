package com.ourvidz.diffusion.layers;

import com.ourvidz.diffusion.Golden;
import com.ourvidz.diffusion.checkpoint.Weights;
import com.ourvidz.diffusion.tensor.Noise;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinearTest {

    private static final int ROWS = 8192;

    private final PointerScope scope = new PointerScope();

    @AfterEach
    void free() {
        scope.close();
    }

    @Test
    void manyRowsAtOnceGiveWhatTheyGiveInParts() {
        Linear linear = proj(); // 64 to 512
        Tensor x = new Noise(1).draw(2, ROWS, 64); // 512 million multiplications
        TensorVector parts = new TensorVector();
        for (int row = 0; row < ROWS; row += ROWS / 16) {
            parts.push_back(linear.forward(x.narrow(1, row, ROWS / 16)));
        }
        Golden.assertClose(linear.forward(x), torch.cat(parts, 1), "product");
    }

    @Test
    void rowsThatDoNotLieOneAfterAnotherAreTakenInTheirOrder() {
        Linear linear = proj();
        Tensor x = new Noise(1).draw(2, 64, ROWS).transpose(1, 2);
        Golden.assertClose(linear.forward(x), linear.forward(x.contiguous()), "product");
    }

    private static Linear proj() {
        try (Weights weights = Weights.open(Golden.path("tiny-sdxl/unet"), ScalarType.Float)) {
            return new Linear(weights.under("mid_block.attentions.0.transformer_blocks.0.ff.net.0.proj"), 64, 512);
        }
    }
}
