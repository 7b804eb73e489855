package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** One picture's way by {@link DpmSolverScheduler}. It remembers the last two clean samples that the model predicted. */
final class DpmSolverSampling implements CourseSampling, MixedSampling {

    private final Course course;
    private final PredictionType predictionType;
    private final DpmSolver solver;
    private final History predictions = new History(2);

    DpmSolverSampling(Course course, PredictionType predictionType, DpmSolver solver) {
        this.course = course;
        this.predictionType = predictionType;
        this.solver = solver;
    }

    @Override
    public Course course() {
        return course;
    }

    @Override
    public Rates rates(int index) {
        return Rates.variancePreserving(course.sigma(index));
    }

    @Override
    public Tensor clean(Tensor modelOutput, int index, Tensor sample) {
        return rates(index).clean(predictionType, modelOutput, sample);
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            predictions.add(clean(modelOutput, index, sample));
            DpmSolverStep step = new DpmSolverStep(rates(index), rates(index + 1), solver);
            Tensor next = step.first(sample, predictions.latest());
            if (order(index) > 1) {
                next = next.add(step.second(slope(index, step)));
            }
            return solver.stochastic() ? next.add(step.renewed(noise.like(sample))) : next;
        });
    }

    private int order(int index) {
        boolean endsWithoutNoise = course.sigma(course.steps()) == 0;
        return solver.orderAt(index, course.steps(), endsWithoutNoise, predictions.size());
    }

    /** How the prediction changes over the step, if it does as over the one before. */
    private Tensor slope(int index, DpmSolverStep step) {
        float place = step.place(rates(index - 1));
        return predictions.ago(1).sub(predictions.latest()).div(new Scalar(place));
    }

    @Override
    public void close() {
        predictions.close();
    }
}
