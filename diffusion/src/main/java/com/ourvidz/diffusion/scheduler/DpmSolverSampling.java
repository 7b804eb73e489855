package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** One picture's way by {@link DpmSolverScheduler}. It remembers the last two clean samples that it predicted. */
final class DpmSolverSampling implements MixedSampling {

    private final Course course;
    private final PredictionType predictionType;
    private final DpmSolver solver;
    private final History predictions = new History(2);

    DpmSolverSampling(Course course, PredictionType predictionType, DpmSolver solver) {
        this.course = course;
        this.predictionType = predictionType;
        this.solver = solver;
    }

    Course course() {
        return course;
    }

    @Override
    public List<Float> timesteps() {
        return course.timesteps();
    }

    @Override
    public Rates rates(int index) {
        return Rates.variancePreserving(course.sigma(index));
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            predictions.add(rates(index).clean(predictionType, modelOutput, sample));
            Tensor next = solve(index, sample);
            return solver.stochastic() ? next.add(newNoise(index, sample, noise)) : next;
        });
    }

    /** Equations 8 … of the paper in its words: h is the step in λ, and φ what it takes off the old sample's weight. */
    private Tensor solve(int index, Tensor sample) {
        Rates from = rates(index);
        Rates to = rates(index + 1);
        float h = to.logSnr() - from.logSnr();
        float decay = solver.stochastic() ? (float) Math.exp(-h) : 1;
        float phi = phi(h);
        Tensor first = sample.mul(new Scalar(to.noise() / from.noise() * decay))
                .add(predictions.latest().mul(new Scalar(to.signal() * phi)));
        return order(index) == 1
                ? first
                : first.add(slope(index, h)
                        .mul(new Scalar(to.signal() * (solver.heun() ? 1 - phi / reach(h) : phi / 2))));
    }

    /** How the prediction changes over the step, if it does as over the one before. */
    private Tensor slope(int index, float h) {
        float before = rates(index).logSnr() - rates(index - 1).logSnr();
        return predictions.latest().sub(predictions.ago(1)).div(new Scalar(before / h));
    }

    private Tensor newNoise(int index, Tensor sample, Noise noise) {
        Rates to = rates(index + 1);
        float h = to.logSnr() - rates(index).logSnr();
        return noise.like(sample).mul(new Scalar(to.noise() * (float) Math.sqrt(phi(h))));
    }

    private float phi(float h) {
        return 1 - (float) Math.exp(-reach(h));
    }

    /** The stochastic equation forgets twice as fast. */
    private float reach(float h) {
        return solver.stochastic() ? 2 * h : h;
    }

    private int order(int index) {
        boolean endsWithoutNoise = course.sigma(course.steps()) == 0;
        return solver.orderAt(index, course.steps(), endsWithoutNoise, predictions.size());
    }

    @Override
    public void close() {
        predictions.close();
    }
}
