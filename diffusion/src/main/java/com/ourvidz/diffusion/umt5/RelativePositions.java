package com.ourvidz.diffusion.umt5;

import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * T5's relative positions (Raffel et al. 2020): how far a key is from a query, sorted into buckets. Short distances have one each, longer ones
 * share them in logarithmic steps; the second half of the buckets is for keys behind the query.
 */
record RelativePositions(int buckets, int maxDistance) {

    /** The bucket of each key as each query sees it: (tokens, tokens), queries first. */
    Tensor of(int tokens) {
        long[] byDistance = bucketsByDistance(tokens);
        long[] result = new long[tokens * tokens];
        for (int query = 0; query < tokens; query++) {
            for (int key = 0; key < tokens; key++) {
                result[query * tokens + key] = byDistance[Math.abs(key - query)] + (key > query ? buckets / 2 : 0);
            }
        }
        return Tensor.create(result, tokens, tokens);
    }

    private long[] bucketsByDistance(int tokens) {
        int exact = buckets / 4;
        float[] steps = Scoped.value(() -> logarithmicSteps(tokens, exact));
        long[] result = new long[tokens];
        for (int distance = 0; distance < tokens; distance++) {
            result[distance] = distance < exact ? distance : Math.min(exact + (long) steps[distance], buckets / 2 - 1);
        }
        return result;
    }

    /** By LibTorch in float32: a whole number that comes out one rounding too small would be another bucket than the model was trained with. */
    private float[] logarithmicSteps(int tokens, int exact) {
        Tensor steps = torch.arange(new Scalar(tokens))
                .to(ScalarType.Float)
                .div(new Scalar((long) exact))
                .log()
                .div(new Scalar(Math.log((double) maxDistance / exact)))
                .mul(new Scalar((long) buckets / 2 - exact));
        float[] values = new float[tokens];
        steps.data_ptr_float().get(values);
        return values;
    }
}
