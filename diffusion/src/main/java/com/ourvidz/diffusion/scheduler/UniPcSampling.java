package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.tensor.Noise;
import com.ourvidz.diffusion.tensor.Scoped;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * One picture's way by {@link UniPcScheduler}. It remembers the model's last predictions, and the sample that the last step began with, to
 * take that step again when the model has spoken of its end.
 */
final class UniPcSampling implements CourseSampling, MixedSampling {

    private final Course course;
    private final boolean flow;
    private final PredictionType predictionType;
    private final UniPc solver;
    private final History predictions;
    private final History starts = new History(1);
    private int order; // of the last step

    UniPcSampling(Course course, boolean flow, PredictionType predictionType, UniPc solver) {
        this.course = course;
        this.flow = flow;
        this.predictionType = predictionType;
        this.solver = solver;
        this.predictions = new History(solver.order());
    }

    @Override
    public Course course() {
        return course;
    }

    @Override
    public Rates rates(int index) {
        float sigma = course.sigma(index);
        return flow ? Rates.flow(sigma) : Rates.variancePreserving(sigma);
    }

    @Override
    public Tensor clean(Tensor modelOutput, int index, Tensor sample) {
        return rates(index).clean(predictionType, modelOutput, sample);
    }

    @Override
    public Tensor step(Tensor modelOutput, int index, Tensor sample, Noise noise) {
        return Scoped.result(() -> {
            Tensor prediction = prediction(modelOutput, index, sample);
            Tensor start = isCorrected(index) ? correct(index - 1, prediction) : sample;
            predictions.add(prediction);
            starts.add(start);
            order = solver.orderAt(index, course.steps(), predictions.size());
            return predict(index, start);
        });
    }

    private Tensor prediction(Tensor modelOutput, int index, Tensor sample) {
        return solver.predictsClean()
                ? clean(modelOutput, index, sample)
                : rates(index).epsilon(predictionType, modelOutput, sample);
    }

    private boolean isCorrected(int index) {
        return starts.size() > 0 && !solver.uncorrected().contains(index - 1);
    }

    /** UniP, algorithm 2 of the paper. */
    private Tensor predict(int from, Tensor start) {
        UniPcStep step = step(from);
        return step.move(start, predictions.latest(), earlier(from, step));
    }

    /** UniC, algorithm 1: the same step, now that the prediction at its end is known as well. */
    private Tensor correct(int from, Tensor arrived) {
        UniPcStep step = step(from);
        List<UniPcStep.Point> points = new ArrayList<>(earlier(from, step));
        points.add(new UniPcStep.Point(1, arrived.sub(predictions.latest())));
        return step.move(starts.latest(), predictions.latest(), points);
    }

    private UniPcStep step(int from) {
        return new UniPcStep(rates(from), rates(from + 1), solver);
    }

    /** The predictions before the latest, as many as the order allows. */
    private List<UniPcStep.Point> earlier(int from, UniPcStep step) {
        List<UniPcStep.Point> points = new ArrayList<>();
        for (int i = 1; i < order; i++) {
            float place = step.place(rates(from - i));
            Tensor difference = predictions.ago(i).sub(predictions.latest());
            points.add(new UniPcStep.Point(place, difference.div(new Scalar(place))));
        }
        return points;
    }

    @Override
    public void close() {
        predictions.close();
        starts.close();
    }
}
