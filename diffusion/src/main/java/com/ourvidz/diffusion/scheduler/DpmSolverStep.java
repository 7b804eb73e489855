package com.ourvidz.diffusion.scheduler;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of DPM-Solver++. The sample fades as e^-h over a step of h in λ, and what it loses the clean sample gains. The stochastic equation
 * forgets twice as fast, and gains noise too.
 */
final class DpmSolverStep {

    private final Rates from;
    private final Rates to;
    private final DpmSolver solver;
    private final float h;
    private final float reach;
    private final float gain; // 1 - e^-reach

    DpmSolverStep(Rates from, Rates to, DpmSolver solver) {
        this.from = from;
        this.to = to;
        this.solver = solver;
        this.h = to.logSnr() - from.logSnr();
        this.reach = solver.stochastic() ? 2 * h : h;
        this.gain = 1 - (float) Math.exp(-reach);
    }

    /** Where {@code rates} are in λ: 0 at the step's start, 1 at its end. */
    float place(Rates rates) {
        return (rates.logSnr() - from.logSnr()) / h;
    }

    /** The step's end when the clean sample is {@code clean} all the way. */
    Tensor first(Tensor sample, Tensor clean) {
        float fading = solver.stochastic() ? (float) Math.exp(-h) : 1;
        return sample.mul(new Scalar(to.noise() / from.noise() * fading))
                .add(clean.mul(new Scalar(to.signal() * gain)));
    }

    /** What is added when the clean sample changes by {@code slope} over the step. */
    Tensor second(Tensor slope) {
        return slope.mul(new Scalar(to.signal() * (solver.heun() ? 1 - gain / reach : gain / 2)));
    }

    /** What new noise is added. */
    Tensor renewed(Tensor epsilon) {
        return epsilon.mul(new Scalar(to.noise() * (float) Math.sqrt(gain)));
    }
}
