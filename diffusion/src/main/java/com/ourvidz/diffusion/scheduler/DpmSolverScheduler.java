package com.ourvidz.diffusion.scheduler;

import com.ourvidz.diffusion.checkpoint.CheckpointException;
import com.ourvidz.diffusion.checkpoint.Config;
import com.ourvidz.diffusion.checkpoint.Supported;
import java.util.function.DoubleUnaryOperator;

/**
 * DPM-Solver++ of order 1 and 2 (Lu et al. 2022, algorithm 2: "2M"), for the flow's equation and for the stochastic one ("2M SDE"):
 * diffusers' {@code DPMSolverMultistepScheduler}.
 */
public final class DpmSolverScheduler implements Scheduler {

    private final MultistepCourses courses;
    private final FinalSigma finalSigma;
    private final DoubleUnaryOperator karrasRounding;
    private final PredictionType predictionType;
    private final DpmSolver solver;

    /**
     * Reads {@code scheduler_config.json}.
     *
     * @throws CheckpointException when a setting is not supported
     */
    public DpmSolverScheduler(Config config) {
        new Supported(config)
                .off("thresholding", "use_lu_lambdas", "use_flow_sigmas", "use_dynamic_shifting")
                .only("lambda_min_clipped", Double.NEGATIVE_INFINITY);
        this.courses = new MultistepCourses(config);
        this.finalSigma = FinalSigma.of(config);
        boolean cosine = config.text("beta_schedule", "linear").equals("squaredcos_cap_v2");
        this.karrasRounding = cosine ? Math::floor : Math::rint;
        this.predictionType = PredictionType.of(config, PredictionType.DIFFUSION);
        this.solver = DpmSolver.of(config);
    }

    @Override
    public String name() {
        return "DPMSolverMultistepScheduler";
    }

    @Override
    public Sampling plan(int steps) {
        Course course = courses.course(steps, _ -> finalSigma.level(courses.smallestTrained()), karrasRounding);
        return new DpmSolverSampling(course, predictionType, solver);
    }
}
