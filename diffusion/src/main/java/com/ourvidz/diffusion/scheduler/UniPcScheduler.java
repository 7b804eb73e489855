package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.EnumSet;

/**
 * UniPC (Zhao et al. 2023): each step predicts, and corrects the step before with what the model now says. For models with a noise schedule
 * and for flow models: diffusers' {@code UniPCMultistepScheduler}.
 */
public final class UniPcScheduler implements Scheduler {

    private final MultistepCourses courses;
    private final FinalSigma finalSigma;
    private final boolean flow;
    private final FlowShift shift;
    private final int trainSteps;
    private final PredictionType predictionType;
    private final UniPc solver;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public UniPcScheduler(Config config) {
        new Supported(config).off("thresholding", "use_dynamic_shifting").unset("solver_p", "shift_terminal");
        this.courses = new MultistepCourses(config);
        this.finalSigma = FinalSigma.of(config);
        this.flow = config.flag("use_flow_sigmas", false);
        this.shift = new FlowShift(config.number("flow_shift", 1));
        this.trainSteps = NoiseSchedule.trainSteps(config);
        this.predictionType =
                PredictionType.of(config, flow ? EnumSet.allOf(PredictionType.class) : PredictionType.DIFFUSION);
        this.solver = UniPc.of(config);
        if (flow && courses.isRespaced()) {
            throw config.invalid("use_flow_sigmas", "is true together with another spacing of the sigmas");
        }
    }

    @Override
    public String name() {
        return "UniPCMultistepScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        Course course = flow
                ? shift.solverCourse(trainSteps, Timesteps.checked(steps, trainSteps), finalSigma)
                : courses.course(steps, this::lastSigma, Math::rint);
        return new UniPcSampling(course, flow, predictionType, solver);
    }

    private double lastSigma(double before) {
        return finalSigma.level(courses.isRespaced() ? before : courses.smallestTrained());
    }
}
