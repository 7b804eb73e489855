package com.ourvidz.diffusion.scheduler;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** One step of UniPC, in the paper's symbols. In float32 as diffusers computes, cancellation and all. */
final class UniPcStep {

    /**
     * A known prediction.
     *
     * @param place when it was made, in λ: 0 at the step's start, 1 at its end
     * @param slope how far it is from the latest one, divided by {@code place}
     */
    record Point(float place, Tensor slope) {}

    private final Rates from;
    private final Rates to;
    private final boolean predictsClean;
    private final float h;
    private final float phi; // hφ₁(h) in the paper
    private final float b; // B(h)

    UniPcStep(Rates from, Rates to, UniPc solver) {
        this.from = from;
        this.to = to;
        this.predictsClean = solver.predictsClean();
        float way = to.logSnr() - from.logSnr();
        this.h = predictsClean ? -way : way;
        this.phi = (float) Math.expm1(h);
        this.b = solver.linear() ? h : phi;
    }

    /** Where in the step {@code rates} are, in λ: below 0 when they were before it. */
    float place(Rates rates) {
        return (rates.logSnr() - from.logSnr()) / (to.logSnr() - from.logSnr());
    }

    /** From {@code start}, where the model predicted {@code latest}, to the step's end. */
    Tensor move(Tensor start, Tensor latest, List<Point> points) {
        float kept = predictsClean ? to.noise() / from.noise() : to.signal() / from.signal();
        float gained = predictsClean ? to.signal() : to.noise();
        Tensor end = start.mul(new Scalar(kept)).sub(latest.mul(new Scalar(gained * phi)));
        float[] weights = weights(points);
        for (int i = 0; i < weights.length; i++) {
            end = end.sub(points.get(i).slope().mul(new Scalar(gained * b * weights[i])));
        }
        return end;
    }

    /** The paper's a: R a = φ / B(h), where row k of R has the places to the power of k. */
    private float[] weights(List<Point> points) {
        int count = points.size();
        if (count < 2) {
            return count == 0 ? new float[0] : new float[] {0.5f}; // the paper's choice, exact enough for order 2
        }
        float[] places = new float[count];
        for (int i = 0; i < count; i++) {
            places[i] = points.get(i).place();
        }
        Tensor powers = torch.linalg_vander(Tensor.create(places)).t();
        float[] weights = new float[count];
        torch.linalg_solve(powers, Tensor.create(moments(count)))
                .data_ptr_float()
                .get(weights);
        return weights;
    }

    private float[] moments(int count) {
        float[] moments = new float[count];
        float factorial = 1;
        float phiK = phi / h - 1;
        for (int k = 0; k < count; k++) {
            moments[k] = phiK * factorial / b;
            factorial *= k + 2;
            phiK = phiK / h - 1 / factorial;
        }
        return moments;
    }
}
