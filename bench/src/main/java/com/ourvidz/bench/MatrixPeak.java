package com.ourvidz.bench;

import com.ourvidz.diffusion.tensor.Inference;
import com.ourvidz.diffusion.tensor.Precision;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** How fast this machine multiplies large matrices: the measure for what a model could reach. */
final class MatrixPeak {

    private static final int SIZE = 2048;
    private static final int ROUNDS = 8;

    private MatrixPeak() {}

    /** The best of several products of square matrices, on every processor. */
    static double flopsPerSecond(Precision precision) {
        var processors = Runtime.getRuntime().availableProcessors();
        return new Inference(processors).run(() -> {
            openblas_nolapack.blas_set_num_threads(processors); // of which models leave it one
            Tensor matrix = torch.rand(new long[] {SIZE, SIZE}, new TensorOptions(precision.scalarType()));
            var best = 0.0;
            for (var round = 0; round < ROUNDS; round++) {
                best = Math.max(best, speed(matrix));
            }
            return best;
        });
    }

    private static double speed(Tensor matrix) {
        var start = System.nanoTime();
        Scoped.value(() -> matrix.matmul(matrix).numel());
        return 2.0 * SIZE * SIZE * SIZE / ((System.nanoTime() - start) / 1e9);
    }
}
